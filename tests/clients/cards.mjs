// Pages of cards for a browser: each card drawn by the vendor's renderer, which says below what it does not like. Arguments: folder of cards, folder for the pages.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from, to] = process.argv.slice(2);
const perPage = 24;
const root = new URL('../../src/EquityBot/wwwroot/', import.meta.url);
const text = path => readFileSync(new URL(path, root), 'utf8');
const style = ['app.css', 'cards.css'].map(name => text(`practice/${name}`)).join('\n');
const hostConfig = text('practice/host-config.js').replace('export const', 'const');
const cards = readdirSync(from).filter(name => name.endsWith('.json')).sort();

for (let page = 0; page * perPage < cards.length; page++) {
  const here = cards.slice(page * perPage, (page + 1) * perPage).map(name => ({ name, card: JSON.parse(readFileSync(join(from, name), 'utf8')) }));
  writeFileSync(join(to, `page-${String(page + 1).padStart(2, '0')}.html`), `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title>
<style>${style}
html, body { height: auto; overflow: visible; display: block; margin: 0; background: #fff; }
main { columns: 4; column-gap: 16px; padding: 16px; }
figure { break-inside: avoid; margin: 0 0 16px; border: 1px solid #ccc; border-radius: 8px; padding: 8px; }
figcaption { font: 11px monospace; color: #555; }
.ac-actionSet { flex-wrap: wrap !important; gap: 6px; } .ac-pushButton { flex: 0 0 auto !important; } </style>
<main></main>
<script>${text('lib/adaptivecards.min.js').replaceAll('</script', '<\\/script')}</script>
<script>${hostConfig}
const complaints = [];
for (const { name, card } of ${JSON.stringify(here).replaceAll('<', '\\u003c')}) {
  const drawn = new AdaptiveCards.AdaptiveCard(), context = new AdaptiveCards.SerializationContext();
  drawn.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  drawn.parse(card, context);
  const figure = document.createElement('figure'), caption = document.createElement('figcaption');
  caption.textContent = name;
  figure.append(caption, drawn.render());
  document.querySelector('main').append(figure);
  for (const event of Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index)).concat(drawn.validateProperties().validationEvents)) {
    complaints.push(name + ': ' + event.message);
  }
}
document.title = complaints.join(' | ') || 'nothing to complain about';
document.body.dataset.height = document.documentElement.scrollHeight;
</script></html>`);
}

console.log(cards.length);
