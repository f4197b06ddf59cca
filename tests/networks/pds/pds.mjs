// A real Bluesky server (PDS) and the directory it registers accounts in, on loopback:
//   node pds.mjs INSTALLED FOLDER
// INSTALLED has the node_modules, FOLDER takes its files and is removed at the end, which is when
// standard input ends. Prints one line of JSON once it listens: its address, its admin's password.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const LOOPBACK = '127.0.0.1'
const [installed, folder] = process.argv.slice(2)
const installation = createRequire(path.join(path.resolve(installed), 'package.json'))
const load = (name) => import(pathToFileURL(installation.resolve(name)))
const secret = () => randomBytes(32).toString('hex')

const freePort = () =>
  new Promise((found) => {
    const probe = createServer().listen(0, LOOPBACK, () => {
      const { port } = probe.address()
      probe.close(() => found(port))
    })
  })

// Neither server has a setting for the address it listens on.
const onLoopback = ({ app }) => {
  const listen = app.listen.bind(app)
  app.listen = (port) => listen(port, LOOPBACK)
}

const end = () => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
}
process.stdin.resume().on('end', end).on('error', end)

const [{ PDS, envToCfg, envToSecrets }, { default: plc }] = await Promise.all([
  load('@atproto/pds'),
  load('@did-plc/server'),
])
const [port, plcPort] = [await freePort(), await freePort()]

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort })
onLoopback(directory)
await directory.start()

const env = {
  port,
  hostname: 'localhost',
  dataDirectory: folder,
  blobstoreDiskLocation: path.join(folder, 'blobs'),
  didPlcUrl: `http://${LOOPBACK}:${plcPort}`,
  inviteRequired: false,
  devMode: true,
  jwtSecret: secret(),
  dpopSecret: secret(),
  adminPassword: secret(),
  plcRotationKeyK256PrivateKeyHex: secret(),
}
const pds = await PDS.create(envToCfg(env), envToSecrets(env))
onLoopback(pds)
await pds.start()
console.log(JSON.stringify({ url: `http://${LOOPBACK}:${port}`, admin: env.adminPassword }))
