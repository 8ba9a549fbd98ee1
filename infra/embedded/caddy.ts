import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { originRoutes, proxyVersionHeader, type ServiceName, serviceNames } from '@sightline/contracts';
import { execa } from 'execa';
import { Child } from './child.ts';
import type { StackContext } from './context.ts';
import { accepts, until } from './ready.ts';

interface CaddyOptions {
  /** Site address, as Caddy reads it: `http://:8080`, or a host name to get a certificate for. */
  address: string;
  bind?: string;
  /** Folder of the built console. */
  console: string;
  /** Folder of the generated contracts: OpenAPI, AsyncAPI, JSON Schema. */
  contracts: string;
  /** `host:port` of each copy of each service. */
  upstreams: Record<ServiceName, string[]>;
  livekit: string;
  /** OTLP collector that browsers' spans are passed on to. */
  collector?: string | undefined;
}

/** Starts Caddy: the one origin of console, API, WebSocket and media signalling. */
export async function startCaddy(context: StackContext, options: Omit<CaddyOptions, 'address'>): Promise<Child> {
  const folder = join(context.state, 'caddy');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, 'Caddyfile');
  await writeFile(config, caddyfile({ ...options, address: `http://:${context.ports.origin}`, bind: '127.0.0.1' }));
  const program = context.tool('caddy');
  const [version = ''] = (await execa(program, ['version'])).stdout.split(' ');
  const child = new Child({
    name: 'caddy',
    command: [program, 'run', '--config', config, '--adapter', 'caddyfile'],
    // As in Caddy's own image.
    env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, CADDY_VERSION: version },
    log: context.logFile('caddy'),
  });
  child.start();
  await until('caddy', () => accepts(context.ports.origin));
  return child;
}

/** The proxy's configuration, made from the routes in contracts. */
export function caddyfile(options: CaddyOptions): string {
  const { upstreams, livekit, collector } = options;
  const tls = options.address.startsWith('http://') ? '\tauto_https off\n' : '';
  return `{
	admin off
${tls}}

${options.address} {
${options.bind ? `\tbind ${options.bind}\n` : ''}	encode zstd gzip
	header {
		Content-Security-Policy "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
		X-Content-Type-Options nosniff
		Referrer-Policy no-referrer
		Permissions-Policy "camera=(), microphone=(), geolocation=()"
		-Server
	}
${serviceNames.map((service) => serviceRoutes(service, upstreams[service])).join('')}
	@media path /rtc /rtc/*
	handle @media {
		forward_auth ${upstreams.auth.join(' ')} {
			${patience}
			uri /api/media-admission
			header_up -Connection
			header_up -Upgrade
		}
		reverse_proxy ${livekit}
	}
	handle_path /contracts/* {
		root * ${options.contracts}
		file_server
	}
	handle /config.json {
		header Content-Type application/json
		header Cache-Control no-store
		respond \`{"tracing":${Boolean(collector)}}\`
	}
${collector ? tracesRoute(collector, upstreams.registry) : ''}	handle /assets/* {
		root * ${options.console}
		@there file
		header @there Cache-Control "public, max-age=31536000, immutable"
		file_server
	}
	handle {
		root * ${options.console}
		try_files {path} /index.html
		file_server
	}
}
`;
}

/** A copy that cannot be reached is passed over, and one that is on its way waited for. */
const patience = `lb_try_duration 3s
			fail_duration 2s`;

/** Browsers' spans go on to the collector when their sender is signed in, which the registry's list of sites tells. */
function tracesRoute(collector: string, registry: string[]): string {
  return `	handle /otlp/v1/traces {
		request_body {
			max_size 512KB
		}
		forward_auth ${registry.join(' ')} {
			${patience}
			uri /api/sites
		}
		uri strip_prefix /otlp
		reverse_proxy ${collector}
	}
`;
}

function serviceRoutes(service: ServiceName, upstreams: string[]): string {
  if (upstreams.length === 0) return '';
  const matcher = `@${service} path ${originRoutes[service].join(' ')}`;
  return `	${matcher}
	handle @${service} {
		reverse_proxy ${upstreams.join(' ')} {
			lb_policy ${service === 'overlay-gateway' ? 'least_conn' : 'round_robin'}
			${patience}
			header_up ${proxyVersionHeader} {env.CADDY_VERSION}
		}
	}
`;
}
