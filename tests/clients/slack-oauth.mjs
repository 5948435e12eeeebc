// Slack's own installer beside ours: /slack/install and /slack/oauth against the same Slack. Prints its port when it listens, is told at /set-up whom to ask, and
// answers /installation with what it was given.
import { createServer } from 'node:http';
import { InstallProvider } from '@slack/oauth';

let installer, kept;
const setUp = ({ clientId, clientSecret, slackApiUrl, authorizationUrl }) => new InstallProvider({
  clientId, clientSecret, stateSecret: 'a secret of the test', authorizationUrl, clientOptions: { slackApiUrl }, logLevel: 'error',
  installationStore: { storeInstallation: async installation => { kept = installation; }, fetchInstallation: async () => kept, deleteInstallation: async () => {} },
});
const server = createServer(async (request, response) => {
  const home = `http://localhost:${server.address().port}`;
  if (request.url.startsWith('/slack/install')) {
    await installer.handleInstallPath(request, response, {}, { scopes: ['chat:write', 'users:read'], redirectUri: `${home}/slack/oauth` });
  } else if (request.url.startsWith('/slack/oauth')) {
    await installer.handleCallback(request, response);
  } else if (request.url === '/set-up') {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    installer = setUp(JSON.parse(Buffer.concat(parts).toString('utf8')));
    response.end();
  } else {
    response.end(JSON.stringify({ team: kept?.team?.id, bot: kept?.bot?.userId, scopes: kept?.bot?.scopes }));
  }
});
server.listen(0, 'localhost', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
