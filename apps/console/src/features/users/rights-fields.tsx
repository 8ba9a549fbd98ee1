import { useAreas } from '../../api/queries.ts';
import { Select } from '../../ui/field.tsx';
import { Read } from '../../ui/read.tsx';

/** What a user may do and see. */
export interface Rights {
  role: 'viewer' | 'administrator';
  areas: string[];
}

interface RightsFieldsProps {
  rights: Rights;
  onChange: (rights: Rights) => void;
}

const roles = [
  { value: 'viewer', label: 'Viewer: sees the areas chosen below' },
  { value: 'administrator', label: 'Administrator: sees and changes everything' },
];

/** Role and areas. */
export function RightsFields({ rights, onChange }: RightsFieldsProps) {
  const areas = useAreas();
  const toggle = (area: string) => {
    const next = rights.areas.includes(area) ? rights.areas.filter((each) => each !== area) : [...rights.areas, area];
    onChange({ ...rights, areas: next });
  };
  return (
    <>
      <Select
        label="Role"
        value={rights.role}
        onChange={(role) => onChange({ ...rights, role: role === 'administrator' ? role : 'viewer' })}
        options={roles}
      />
      {rights.role === 'viewer' && (
        <fieldset className="grid gap-1">
          <legend className="pb-1 font-medium text-[13px]">Areas</legend>
          {!areas.data && <Read what="areas" query={areas} />}
          {areas.data?.length === 0 && <p className="text-quiet">There is no area yet. Add a camera first.</p>}
          {areas.data?.map(({ id, name }) => (
            <label key={id} className="flex min-h-7 cursor-pointer items-center gap-2">
              <input
                type="checkbox"
                className="size-4 accent-(--color-accent)"
                checked={rights.areas.includes(id)}
                onChange={() => toggle(id)}
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
