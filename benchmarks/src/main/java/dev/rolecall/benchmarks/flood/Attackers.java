package dev.rolecall.benchmarks.flood;

import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.ForgedProofs;
import dev.rolecall.benchmarks.fleet.ForgedTokens;
import dev.rolecall.benchmarks.fleet.ProcessUsage;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.CallTimes;
import dev.rolecall.benchmarks.pace.FromAddress;
import dev.rolecall.benchmarks.pace.ProofCaller;
import dev.rolecall.benchmarks.pace.SteadyCalls;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.proof.CallerProof;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The process of the flood, whose CPU is not the server's: peers of an address and a connection
 * each, which send forged proofs or tokens at a steady pace together.
 */
final class Attackers implements ChildCommands {

  /** How many peers bring proofs. */
  static final int PEERS = 50;

  /** {@code aim PORT PROOF}: at the server at that port from now on, spoiling that proof. */
  static final String AIM = "aim";

  /** {@code forge PORT PEERS TOKEN}: the same from so many peers, spoiling that token. */
  static final String FORGE = "forge";

  /** {@code flood RATE}: begins to send that many a second. */
  static final String FLOOD = "flood";

  /** Ends the flood, and answers with its {@link Outcome}. */
  static final String CEASE = "cease";

  /** Addresses that nobody else of the suite calls from. */
  private static final int NETWORK = 2;

  private final RunCertificate certificate;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private List<ProofCaller> forgers = List.of();
  private final List<SteadyCalls> flood = new ArrayList<>();
  private ProcessUsage before = ProcessUsage.now();
  private long began;

  private Attackers(RunCertificate certificate) {
    this.certificate = certificate;
  }

  public static void main(String[] certificate) throws Exception {
    Terminal.showWarningsOnly();
    new Attackers(RunCertificate.read(Path.of(certificate[0]))).serve();
    System.exit(0);
  }

  @Override
  public String answer(String command) throws Exception {
    String[] words = command.split(" ", -1);
    return switch (words[0]) {
      case AIM -> {
        ForgedProofs proofs = new ForgedProofs(proof(words[2]), new SplittableRandom());
        yield aim(Integer.parseInt(words[1]), PEERS, proofs::next);
      }
      case FORGE -> {
        ForgedTokens tokens = new ForgedTokens(words[3], new SplittableRandom());
        yield aim(Integer.parseInt(words[1]), Integer.parseInt(words[2]), tokens::next);
      }
      case FLOOD -> begin(Integer.parseInt(words[1]));
      case CEASE -> cease().text();
      default -> throw new IllegalArgumentException("command: " + words[0]);
    };
  }

  private static CallerProof proof(String text) {
    return CallerProof.read(text)
        .fold(
            proof -> proof,
            malformed -> {
              throw new IllegalArgumentException("proof: " + malformed.rule());
            });
  }

  private String aim(int port, int peers, Supplier<String> forged) throws Exception {
    channels.forEach(ManagedChannel::shutdownNow);
    channels.clear();
    List<ProofCaller> aimed = new ArrayList<>();
    for (int peer = 0; peer < peers; peer++) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port, certificate.ofClient())
              .localSocketPicker(FromAddress.of(NETWORK, peer))
              .directExecutor()
              .build();
      channels.add(channel);
      channel.getState(true);
      aimed.add(new ProofCaller(channel, forged));
    }
    forgers = aimed;
    return Integer.toString(peers);
  }

  private String begin(int perSecond) {
    before = ProcessUsage.now();
    began = System.nanoTime();
    flood.add(SteadyCalls.start(perSecond, forgers));
    return Integer.toString(perSecond);
  }

  private Outcome cease() throws InterruptedException {
    CallTimes calls = flood.remove(0).stop();
    double seconds = (System.nanoTime() - began) / 1e9;
    if (calls.answered() > 0) {
      throw new IllegalStateException(calls.answered() + " forgeries were let in");
    }
    long limited = calls.failures().getOrDefault(Status.Code.RESOURCE_EXHAUSTED, 0);
    long refused = calls.failures().getOrDefault(Status.Code.UNAUTHENTICATED, 0);
    long unsent = calls.failures().getOrDefault(Status.Code.CANCELLED, 0);
    return new Outcome(
        seconds,
        calls.made() - unsent,
        refused,
        limited,
        ProcessUsage.now().since(before).cpuNanos());
  }

  /**
   * The outcome of a flood.
   *
   * @param seconds its length
   * @param sent calls with a forgery
   * @param refused those that were told it is not good
   * @param limited those that were told to wait
   * @param cpuNanos CPU time of the process that sent them
   */
  record Outcome(double seconds, long sent, long refused, long limited, long cpuNanos) {

    /** None at all, for that long. */
    static Outcome calm(Duration time) {
      return new Outcome(time.toNanos() / 1e9, 0, 0, 0, 0);
    }

    /** The inverse of {@link #text}. */
    static Outcome parse(String text) {
      String[] words = text.split(" ", -1);
      return new Outcome(
          Double.parseDouble(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]));
    }

    String text() {
      return seconds + " " + sent + " " + refused + " " + limited + " " + cpuNanos;
    }

    /** How many a second were really sent. */
    double perSecond() {
      return sent / seconds;
    }

    /** Those that were told neither in time. */
    long others() {
      return sent - refused - limited;
    }
  }
}
