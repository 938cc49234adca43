/** The properties of an element that can be set; all are optional. */
export type Settable<T extends HTMLElement> = Partial<
  Omit<T, keyof HTMLElement | "view" | "updateComplete" | "shown" | "focusRow" | "focusFind">
>;
