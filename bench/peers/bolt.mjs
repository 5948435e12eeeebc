// Slack's own framework, which checks signatures and, where it is told that somebody listens, hands every message to a listener that keeps nothing. Prints its port. Arguments: signing secret, "listening" or nothing.
import bolt from '@slack/bolt';

const receiver = new bolt.HTTPReceiver({ signingSecret: process.argv[2], endpoints: ['/slack/events'], logLevel: 'error' });
const app = new bolt.App({ receiver, authorize: async () => ({ botToken: 'xoxb', botId: 'B0BOT', botUserId: 'U0BOT' }), logLevel: 'error' });
if (process.argv[3] === 'listening') app.message(async () => {});
const server = await app.start({ port: 0, host: '127.0.0.1' });
console.log(server.address().port);
process.stdin.on('end', () => process.exit(0)).resume();
