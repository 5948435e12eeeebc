// Microsoft's own adapter beside ours: POST it the same request with the same token and see its verdict. Prints its port when it listens.
// Arguments: application id, tenant id, issuer, address of the OpenID document.
import { createServer } from 'node:http';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';

const [appId, tenantId, issuer, metadata] = process.argv.slice(2);
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({
  MicrosoftAppId: appId,
  MicrosoftAppPassword: 'not used',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: tenantId,
  ValidateAuthority: 'false',
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/' + tenantId,
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: issuer,
  ToBotFromChannelOpenIdMetadataUrl: metadata,
  ToBotFromEmulatorOpenIdMetadataUrl: metadata,
  CallerId: 'urn:botframework:azure',
}));
adapter.onTurnError = async () => {};

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }

  const answer = {
    socket: response.socket,
    status: code => { response.statusCode = code; return answer; },
    header: (name, value) => { response.setHeader(name, value); return answer; },
    send: body => { response.write(typeof body === 'string' ? body : JSON.stringify(body ?? '')); return answer; },
    end: (...all) => response.end(...all),
  };
  try {
    const body = JSON.parse(Buffer.concat(parts).toString('utf8'));
    await adapter.process({ body, headers: request.headers, method: request.method }, answer, async () => {});
  } catch {
    response.statusCode = response.statusCode === 200 ? 500 : response.statusCode;
  }

  response.end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
