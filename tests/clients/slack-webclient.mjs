// Slack's own client asks a Slack: what it reads out of the answers is printed, one line for each call. Arguments: address of the Web API, token, channel, somebody's user id, their e-mail address.
import { WebClient } from '@slack/web-api';

const [, , slackApiUrl, token, channel, user, email] = process.argv;
const slack = new WebClient(token, { slackApiUrl, retryConfig: { retries: 2, factor: 1, minTimeout: 1, maxTimeout: 1 }, logLevel: 'error' });
slack.logger.warn = () => {};
const said = async (name, call) => {
  try {
    console.log(`${name}: ${JSON.stringify(await call())}`);
  } catch (failure) {
    console.log(`${name}: ${failure.code} ${failure.data?.error ?? failure.statusCode ?? ''}`);
  }
};
const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'words' } }];
let posted;
await said('auth.test', async () => (({ ok, team_id, user_id }) => ({ ok, team_id, user_id }))(await slack.auth.test()));
await said('users.info', async () => (await slack.users.info({ user })).user.profile.email);
await said('users.lookupByEmail', async () => (await slack.users.lookupByEmail({ email })).user.id);
await said('nobody', () => slack.users.lookupByEmail({ email: 'nobody@nowhere.example' }));
await said('conversations.open', async () => (await slack.conversations.open({ users: user })).channel.id);
await said('conversations.info', async () => (await slack.conversations.info({ channel })).channel.name);
await said('chat.postMessage', async () => (posted = await slack.chat.postMessage({ channel, text: 'a & b', blocks, metadata: { event_type: 'equitybot_message', event_payload: { id: '1' } } })).channel);
await said('chat.update', async () => (await slack.chat.update({ channel, ts: posted.ts, text: 'changed', blocks })).ts === posted.ts);
await said('not there', () => slack.chat.update({ channel, ts: '1.1', text: 'changed' }));
await said('chat.postEphemeral', async () => typeof (await slack.chat.postEphemeral({ channel, user, text: 'for one', blocks })).message_ts);
await said('views.open', async () => typeof (await slack.views.open({ trigger_id: '1', view: { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks } })).view.id);
await said('views.publish', async () => (await slack.views.publish({ user_id: user, view: { type: 'home', blocks } })).ok);
await said('429', async () => (await slack.chat.postMessage({ channel, text: 'once more' })).ok);
await said('another token', () => new WebClient('xoxb-another', { slackApiUrl, logLevel: 'error' }).auth.test());
