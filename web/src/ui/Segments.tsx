import styles from "./Segments.module.css";

interface SegmentsProps<T extends string> {
  label: string;
  values: readonly T[];
  value: T;
  /** What a value is called. */
  name: (value: T) => string;
  onChange: (value: T) => void;
}

/** A choice of a few things side by side, of which one always holds. */
export function Segments<T extends string>({ label, values, value, name, onChange }: SegmentsProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, these are buttons
    <div className={styles.segments} role="group" aria-label={label}>
      {values.map((each) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => onChange(each)}>
          {name(each)}
        </button>
      ))}
    </div>
  );
}
