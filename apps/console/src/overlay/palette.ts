/** Eight colours that the colour-blind can tell apart (Okabe and Ito, 2008; black made light for dark pictures). */
const colours = ['#56b4e9', '#e69f00', '#009e73', '#f0e442', '#cc79a7', '#d55e00', '#0072b2', '#e8e8e8'] as const;
const fixed: Record<string, number> = { person: 0, face: 1, target: 3 };

/** The colour of a class: always the same for the same class. */
export function colourOf(className: string): string {
  const sum = [...className].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return colours[(fixed[className] ?? sum) % colours.length] ?? colours[0];
}
