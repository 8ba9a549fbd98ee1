import { config } from 'zod';

// The page's content security policy forbids what zod would compile; to be imported before any schema is made.
config({ jitless: true });
