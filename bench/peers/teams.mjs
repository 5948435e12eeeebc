// One of Microsoft's SDKs for JavaScript that answers every activity with a card and neither checks who sends it nor keeps anything. Prints its port when it listens.
// Arguments: botbuilder or agents.
import { createServer } from 'node:http';

const card = {
  type: 'AdaptiveCard', version: '1.5', fallbackText: 'What you can say',
  body: [{ type: 'TextBlock', text: 'What you can say', wrap: true, style: 'heading' }, { type: 'FactSet', facts: [{ title: 'mine', value: 'Your own commitments' }, { title: 'due', value: 'What falls due next' }] }],
};
const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];

async function adapter(name) {
  if (name === 'botbuilder') {
    const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
    return new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  }

  const { CloudAdapter } = await import('@microsoft/agents-hosting');
  return new CloudAdapter({});
}

const bot = await adapter(process.argv[2]);
bot.onTurnError = async (_, error) => { console.error(error); };
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }

  const answer = {
    socket: response.socket,
    status: code => { response.statusCode = code; return answer; },
    header: (name, value) => { response.setHeader(name, value); return answer; },
    setHeader: (name, value) => { response.setHeader(name, value); return answer; },
    send: body => { response.write(typeof body === 'string' ? body : JSON.stringify(body ?? '')); return answer; },
    end: (...all) => response.end(...all),
  };
  delete request.headers.authorization;
  await bot.process({ body: JSON.parse(Buffer.concat(parts).toString('utf8')), headers: request.headers, method: request.method, user: {} }, answer, async context => {
    if (context.activity.type === 'message') {
      await context.sendActivity({ type: 'message', attachments });
    }
  });
  if (!response.writableEnded) {
    response.end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
