package dev.rolecall.benchmarks.scale;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.client.IamCallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Counts the questions to STS of many callers with many calls each, in one proof's life: one for
 * each caller and server, whatever the number of calls.
 *
 * @param callers each with a connection of its own
 * @param calls of each, all at once, so that the first ones wait for the same look-up
 * @param servers each called by all callers
 */
record StsCalls(int callers, int calls, int servers) {

  /** All have one address, and 32 look-ups of one address may be under way. */
  private static final int CALLERS_AT_ONCE = 16;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  void measure(Run run, ScaleBench bench) {
    List<IamCallCredentials> all =
        IntStream.range(0, callers).mapToObj(i -> bench.signing(bench.role("sts-" + i))).toList();
    List<Long> asked = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      EchoServer server = bench.guarded();
      for (int first = 0; first < callers; first += CALLERS_AT_ONCE) {
        call(bench, server, all.subList(first, Math.min(first + CALLERS_AT_ONCE, callers)));
      }
      asked.add(bench.sts().requests().total());
    }
    long total = asked.get(servers - 1);
    run.out()
        .printf(
            "STS asked %,d times for %,d callers of one server with %,d calls each,"
                + " and %,d times for %,d servers%n",
            asked.get(0), callers, calls, total, servers);
    run.figures().add("sts_calls_per_caller", (double) asked.get(0) / callers);
    run.figures().add("sts_calls_per_caller_and_server", (double) total / callers / servers);
  }

  private void call(ScaleBench bench, EchoServer server, List<IamCallCredentials> some) {
    List<ManagedChannel> channels = new ArrayList<>();
    List<CompletableFuture<Status>> statuses = new ArrayList<>();
    for (IamCallCredentials credentials : some) {
      ManagedChannel channel = bench.channelTo(server).build();
      channels.add(channel);
      EchoCaller caller = EchoCaller.on(channel, PATIENCE).with(credentials);
      IntStream.range(0, calls).forEach(i -> statuses.add(caller.call()));
    }
    for (CompletableFuture<Status> status : statuses) {
      if (!status.join().isOk()) {
        throw new IllegalStateException("a call that must be answered: " + status.join());
      }
    }
    channels.forEach(ScaleBench::end);
  }
}
