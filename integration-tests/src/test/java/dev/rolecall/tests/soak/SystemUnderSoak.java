package dev.rolecall.tests.soak;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.Relay;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The system under soak: one STS, two servers with one name and certificate, and the channels and
 * credentials of the callers. The second server is behind a relay that can be cut.
 */
final class SystemUnderSoak implements Closeable {

  /** A minute of real time is an hour here, in which each client renews its proof six times. */
  static final int HASTE = 60;

  private static final Duration TICK = Duration.ofMillis(20);
  private static final int HANDLER_THREADS = 4;
  private static final String FORGERS_ADDRESS = "127.0.0.2";

  private final Deque<Closeable> open = new ArrayDeque<>();
  private final ManualTime clock =
      new ManualTime(Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
  private final TestCertificate certificate = TestCertificate.generate();
  private final StsEmulator sts = StsEmulator.builder().clock(clock).start();
  private final ChangingPolicy changingPolicy;
  private final SoakServer.Parts parts;
  private final Relay relay;
  private SoakServer behindRelay;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final ManagedChannel forgersChannel;
  private final Map<CallerKind, IamCallCredentials> credentials = new EnumMap<>(CallerKind.class);
  private final ProofForger forger;

  SystemUnderSoak(Path folder, FaultWindows windows, CallLedger ledger, SecretsWatch secrets)
      throws IOException {
    open.push(sts::close);
    ExecutorService handlers = Executors.newFixedThreadPool(HANDLER_THREADS);
    open.push(
        () -> {
          handlers.shutdown();
          Termination.of("a handler", handlers::awaitTermination);
        });
    this.changingPolicy = new ChangingPolicy(folder, windows);
    open.push(changingPolicy::close);
    this.parts =
        new SoakServer.Parts(
            certificate.ofServer(),
            sts,
            changingPolicy.policies(),
            clock,
            ledger::audited,
            new HandlerCheck(ledger, new OutcomeModel(windows), secrets),
            handlers);
    SoakServer direct = new SoakServer(parts);
    open.push(direct::close);
    this.behindRelay = new SoakServer(parts);
    this.relay = Relay.ofTcp(behindRelay.port());
    open.push(relay::close);
    channels.add(channel(direct.port(), Optional.empty()));
    channels.add(channel(relay.port(), Optional.empty()));
    this.forgersChannel = channel(direct.port(), Optional.of(FORGERS_ADDRESS));
    for (CallerKind actor : CallerKind.values()) {
      actor.role().ifPresent(role -> credentials.put(actor, signing(role, secrets)));
    }
    EmulatedCredentials found = sts.addRole(Bench.CHECKOUT);
    secrets.addSecretsOf(found);
    this.forger =
        new ProofForger(
            sts.endpoint(), found, new ProofBinding.Channel(Bench.hashOf(certificate)), clock);
  }

  private ManagedChannel channel(int port, Optional<String> from) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress("127.0.0.1", port, TestCertificate.trusting(certificate));
    from.ifPresent(
        address ->
            builder.localSocketPicker(
                new NettyChannelBuilder.LocalSocketPicker() {
                  @Override
                  public InetSocketAddress createSocketAddress(
                      SocketAddress remote, Attributes attributes) {
                    return new InetSocketAddress(address, 0);
                  }
                }));
    ManagedChannel channel = builder.build();
    open.push(
        () -> {
          channel.shutdownNow();
          Termination.of("a channel", channel::awaitTermination);
        });
    return channel;
  }

  private IamCallCredentials signing(String role, SecretsWatch secrets) {
    IamCallCredentials signing =
        IamCallCredentials.builder(Bench.AUDIENCE)
            .credentialsProvider(new RotatingCredentials(sts, role, clock, secrets))
            .endpoint(sts.endpoint(), Bench.REGION)
            .clock(clock)
            .build();
    open.push(signing::close);
    return signing;
  }

  /** Lets time pass quickly. */
  void start(ScheduledExecutorService timer) {
    var unused =
        timer.scheduleAtFixedRate(
            () -> clock.advance(TICK.multipliedBy(HASTE)),
            TICK.toMillis(),
            TICK.toMillis(),
            MILLISECONDS);
  }

  /** The clock of servers, clients and STS. */
  Clock clock() {
    return clock;
  }

  StsEmulator sts() {
    return sts;
  }

  ChangingPolicy changingPolicy() {
    return changingPolicy;
  }

  Relay relay() {
    return relay;
  }

  ProofForger forger() {
    return forger;
  }

  /** One of the channels that this actor's calls go by. */
  ManagedChannel channel(CallerKind actor, int choice) {
    return actor == CallerKind.FORGER ? forgersChannel : channels.get(choice % channels.size());
  }

  Optional<CallCredentials> credentials(CallerKind actor) {
    return Optional.ofNullable(credentials.get(actor));
  }

  /** The server behind the relay ends, and another takes its place. */
  synchronized void restart() {
    behindRelay.close();
    behindRelay = new SoakServer(parts);
    relay.leadTo(behindRelay.port());
  }

  @Override
  public synchronized void close() throws IOException {
    behindRelay.close();
    for (Closeable each : open) {
      each.close();
    }
  }
}
