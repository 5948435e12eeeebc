/* global AdaptiveCards */
// When a card is replaced under somebody's hands, what they had typed moves to the new one.

const expanded = 1;

/** What differs from the card's own values, and which form was open. */
export function typedIn(card) {
  const values = new Map(inputsOf(card)
    .filter(([, input]) => input.renderedElement && input.isDirty())
    .map(([key, input]) => [key, input.value ?? ""]));
  return values.size > 0 ? { values, open: forms(card).find(form => form.state === expanded)?.title } : null;
}

/** Call before rendering; the answer, called afterwards, opens the form again. */
export function typeInto(card, { values, open }) {
  for (const [key, input] of inputsOf(card)) {
    if (!values.has(key)) continue;
    const value = values.get(key);
    input.defaultValue = input instanceof AdaptiveCards.NumberInput ? Number(value) : value;
  }
  return () => forms(card).find(form => form.title === open)?.execute();
}

/** Two forms of one card may both ask for a reason: the form's title tells them apart. */
function inputsOf(card) {
  return [
    ...card.getAllInputs(false).map(input => [input.id, input]),
    ...forms(card).flatMap(form => form.card.getAllInputs(false).map(input => [`${form.title}/${input.id}`, input])),
  ];
}

/** The renderer's getAllActions leaves out the buttons at the card's foot. */
function forms(card) {
  const foot = Array.from({ length: card.getActionCount() }, (_, index) => card.getActionAt(index));
  return [...foot, ...card.getAllActions()].filter(action => action instanceof AdaptiveCards.ShowCardAction);
}
