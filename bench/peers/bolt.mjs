// Slack's own framework, which checks signatures and hands every message to a listener that keeps nothing. Prints its port when it listens. Arguments: signing secret.
import bolt from '@slack/bolt';

const receiver = new bolt.HTTPReceiver({ signingSecret: process.argv[2], endpoints: ['/slack/events'], logLevel: 'error' });
const app = new bolt.App({ receiver, authorize: async () => ({ botToken: 'xoxb', botId: 'B0BOT', botUserId: 'U0BOT' }), logLevel: 'error' });
app.message(async () => {});
const server = await app.start({ port: 0, host: '127.0.0.1' });
console.log(server.address().port);
process.stdin.on('end', () => process.exit(0)).resume();
