// One burst through a peer: every job is recorded once, posted, and marked, sixteen at a time. Says when it is ready, starts when told, prints what it took.
import http from 'node:http';
import pg from 'pg';

const [, , peer, connectionString, standIn, count] = process.argv;
const items = Number(count);
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
const pool = new pg.Pool({ connectionString, max: 10 });
await pool.query('create table effects (item int primary key, sent boolean not null default false)');

const post = (item) => new Promise((resolve, reject) => {
  const body = JSON.stringify({ to: `p${item % 500}`, messageId: `${item}`, text: `Offer an interpreter at every visit to room ${item}` });
  const request = http.request(standIn, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
    response.resume();
    response.on('end', () => (response.statusCode < 300 ? resolve() : reject(new Error(`${response.statusCode}`))));
  });
  request.on('error', reject);
  request.end(body);
});

const handle = async ({ item }) => {
  const recorded = await pool.query('insert into effects (item) values ($1) on conflict do nothing', [item]);
  if (recorded.rowCount === 1) {
    await post(item);
    await pool.query('update effects set sent = true where item = $1', [item]);
  }
  if (++done === items) finished();
};
let done = 0;
let finished;
const all = new Promise((resolve) => { finished = resolve; });

const peers = {
  async 'pg-boss'() {
    const { default: PgBoss } = await import('pg-boss');
    const boss = new PgBoss({ connectionString, max: 10 });
    boss.on('error', (error) => console.error(error));
    await boss.start();
    await boss.createQueue('burst');
    for (let from = 0; from < items; from += 1000) {
      await boss.insert(Array.from({ length: Math.min(1000, items - from) }, (_, at) => ({ name: 'burst', data: { item: from + at } })));
    }
    // Its workers poll; many jobs a poll, handled at once, is its own advice for throughput.
    return async () => {
      for (let worker = 0; worker < 4; worker++) {
        await boss.work('burst', { batchSize: 100, pollingIntervalSeconds: 0.5 }, async (jobs) => {
          for (let from = 0; from < jobs.length; from += 4) await Promise.all(jobs.slice(from, from + 4).map((job) => handle(job.data)));
        });
      }
      return async () => boss.stop({ graceful: true, timeout: 10000 });
    };
  },
  async 'graphile-worker'() {
    const { run, makeWorkerUtils, Logger } = await import('graphile-worker');
    const logger = new Logger(() => () => {});
    const utils = await makeWorkerUtils({ connectionString, logger });
    await utils.migrate();
    await pool.query("select graphile_worker.add_job('burst', json_build_object('item', n)) from generate_series(0, $1 - 1) n", [items]);
    await utils.release();
    return async () => {
      const runner = await run({
        connectionString, logger, concurrency: 16, pollInterval: 500, noHandleSignals: true, maxPoolSize: 10,
        preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        taskList: { burst: handle },
      });
      return async () => runner.stop();
    };
  },
};

const start = await peers[peer]();
console.log('ready');
await new Promise((resolve) => process.stdin.once('data', resolve));
const [cpu, began] = [process.cpuUsage(), process.hrtime.bigint()];
const stop = await start();
await all;
await stop();
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
const used = process.cpuUsage(cpu);
console.log(JSON.stringify({ seconds, cpu: (used.user + used.system) / 1e6 }));
process.exit(0);
