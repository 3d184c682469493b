package dev.rolecall.benchmarks.scale;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.pace.CallTimes;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.benchmarks.pace.FromAddress;
import dev.rolecall.benchmarks.pace.TimedCall;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.policy.PolicySource;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * A server that has just started, and callers that all come at once, each on a connection of its
 * own: how long it takes until all their first calls are answered, against the same with neither
 * proofs nor guard. Clients try again as their service config says, by which gRPC itself does.
 *
 * @param callers how many
 * @param times how often each start is made; the one in the middle counts
 */
record ColdStart(int callers, int times) {

  /** As an application sets it that would rather wait than fail. */
  private static final Map<String, ?> TRY_AGAIN =
      Map.of(
          "methodConfig",
          List.of(
              Map.of(
                  "name",
                  List.of(Map.of()),
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      5.0,
                      "initialBackoff",
                      "0.5s",
                      "maxBackoff",
                      "5s",
                      "backoffMultiplier",
                      2.0,
                      "retryableStatusCodes",
                      List.of("RESOURCE_EXHAUSTED", "UNAVAILABLE")))));

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CLIENT_THREADS = 4;

  /** The outcome of one start. */
  private record Start(CallTimes calls, double seconds, long asked, long turnedAway) {

    int failed() {
      return calls.made() - calls.answered();
    }
  }

  void measure(Run run, ScaleBench bench) {
    List<Start> plain = new ArrayList<>();
    List<Start> apart = new ArrayList<>();
    List<Start> together = new ArrayList<>();
    IntFunction<FromAddress> oneAddress = i -> FromAddress.of(0, 0);
    for (int i = 0; i < times; i++) {
      plain.add(start(bench, bench.server(), caller -> UnaryOperator.identity(), oneAddress));
      apart.add(guarded(bench, "apart-" + i, caller -> FromAddress.of(1, caller)));
      together.add(guarded(bench, "together-" + i, oneAddress));
    }
    say(run, "plain gRPC", middle(plain));
    say(run, "an address each", middle(apart));
    say(run, "one address", middle(together));
    run.figures().add("cold_start_callers", callers);
    add(run, "cold_start", middle(plain), middle(apart));
    add(run, "cold_start_one_address", middle(plain), middle(together));
  }

  private static Start middle(List<Start> starts) {
    return starts.stream()
        .sorted(Comparator.comparing(Start::seconds))
        .toList()
        .get(starts.size() / 2);
  }

  private Start guarded(ScaleBench bench, String name, IntFunction<FromAddress> addresses) {
    List<IamCallCredentials> credentials = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      credentials.add(bench.signing(bench.role(name + "-" + i)));
    }
    ClosedCalls closed = new ClosedCalls();
    EchoServer server = bench.guarded(PolicySource.fixed(ScaleBench.policy()), closed);
    long before = bench.sts().requests().total();
    Start start = start(bench, server, i -> caller -> caller.with(credentials.get(i)), addresses);
    return new Start(
        start.calls(),
        start.seconds(),
        bench.sts().requests().total() - before,
        closed.with(Status.Code.RESOURCE_EXHAUSTED));
  }

  private Start start(
      ScaleBench bench,
      EchoServer server,
      IntFunction<UnaryOperator<EchoCaller>> identities,
      IntFunction<FromAddress> addresses) {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENT_THREADS);
    List<ManagedChannel> channels = new ArrayList<>();
    List<EchoCaller> all = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      ManagedChannel channel =
          bench
              .channelTo(server)
              .localSocketPicker(addresses.apply(i))
              .defaultServiceConfig(TRY_AGAIN)
              .executor(threads)
              .build();
      channels.add(channel);
      all.add(identities.apply(i).apply(EchoCaller.on(channel, PATIENCE)));
    }
    long begin = System.nanoTime();
    List<CompletableFuture<TimedCall>> calls =
        all.stream()
            .map(
                caller ->
                    caller
                        .call()
                        .thenApply(
                            status -> new TimedCall(begin, System.nanoTime(), status.getCode())))
            .toList();
    CallTimes times = new CallTimes(calls.stream().map(CompletableFuture::join).toList());
    channels.forEach(ManagedChannel::shutdownNow);
    channels.forEach(ScaleBench::end);
    threads.shutdown();
    return new Start(times, times.slowest().toNanos() / 1e9, 0, 0);
  }

  private void say(Run run, String what, Start start) {
    run.out()
        .printf(
            Locale.ROOT,
            "cold start of %,d callers, %s: %.2f s, half of them after %.2f s; %,d questions to"
                + " STS, %,d calls turned away and tried again, %d failed%n",
            callers,
            what,
            start.seconds(),
            start.calls().within(0.5).toNanos() / 1e9,
            start.asked(),
            start.turnedAway(),
            start.failed());
  }

  private void add(Run run, String name, Start plain, Start start) {
    run.figures().add(name + "_seconds", start.seconds());
    run.figures().add(name + "_ratio", start.seconds() / plain.seconds());
    run.figures().add(name + "_sts_calls_per_caller", (double) start.asked() / callers);
    run.figures().add(name + "_turned_away_per_caller", (double) start.turnedAway() / callers);
    run.figures().add(name + "_failed", start.failed());
  }
}
