import type { ButtonHTMLAttributes } from 'react';

const looks = {
  plain: 'border border-line bg-raised hover:border-edge',
  main: 'bg-accent text-on-accent font-medium hover:brightness-110',
  danger: 'bg-act text-ground font-medium hover:brightness-110',
  quiet:
    'text-quiet hover:text-text hover:bg-raised aria-pressed:bg-raised aria-pressed:text-text data-[state=open]:bg-raised',
} as const;

/** A button in one of four looks; `icon` makes it square. */
export function Button({
  look = 'plain',
  icon = false,
  className = '',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: keyof typeof looks; icon?: boolean }) {
  const size = icon ? 'size-8' : 'h-8 px-3';
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-(--radius) motion-safe:transition-colors disabled:opacity-50 ${size} ${looks[look]} ${className}`}
    />
  );
}
