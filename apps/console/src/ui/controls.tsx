import type { ButtonHTMLAttributes, InputHTMLAttributes, ReactNode } from 'react';
import { useId } from 'react';

const looks = {
  plain: 'border border-line bg-raised hover:border-quiet',
  main: 'bg-accent text-on-accent font-medium hover:brightness-110',
  danger: 'border border-act text-act hover:bg-act/10',
  quiet: 'text-quiet hover:text-text hover:bg-raised',
} as const;

/** A button in one of four looks. */
export function Button({
  look = 'plain',
  className = '',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: keyof typeof looks }) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex min-h-8 cursor-pointer items-center justify-center gap-2 rounded-(--radius) px-3 py-1 disabled:cursor-default disabled:opacity-50 ${looks[look]} ${className}`}
    />
  );
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

export const inputLook =
  'w-full rounded-(--radius) border border-line bg-ground px-3 py-2 text-text placeholder:text-quiet aria-invalid:border-act';

/** A labelled input; its error stands beside it and is read out with it. */
export function Field({ label, hint, error, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-quiet">
        {label}
      </label>
      <input
        id={id}
        className={inputLook}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
        {...rest}
      />
      <p id={`${id}-note`} className={`min-h-5 text-xs ${error ? 'text-act' : 'text-quiet'}`}>
        {error ?? hint}
      </p>
    </div>
  );
}

/** Something to choose from a list. */
export function Select({
  label,
  value,
  onChange,
  options,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
}) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-quiet">
        {label}
      </label>
      <select id={id} className={inputLook} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What went wrong, in words, read out at once. */
export function ErrorText({ error }: { error: Error | null | undefined }) {
  return (
    <p role="alert" className="min-h-5 text-act">
      {error?.message}
    </p>
  );
}
