import { testShortRun } from './short-run.ts';

testShortRun('wall', ['browser_cpu_ratio', 'all_playing_s']);
testShortRun('video', ['latency_p50_ratio', 'server_cpu_ratio', 'frozen_viewer_p99_rise']);
