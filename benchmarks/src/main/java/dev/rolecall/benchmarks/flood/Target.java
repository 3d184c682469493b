package dev.rolecall.benchmarks.flood;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.benchmarks.pace.FromAddress;
import dev.rolecall.benchmarks.pace.Newcomer;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One of the two servers, as honest callers know it. For one thread. */
final class Target implements AutoCloseable {

  /** How many honest callers it knows. */
  static final int CALLERS = 8;

  private static final int CALLERS_NETWORK = 3;
  private static final int NEWCOMERS_NETWORK = 4;

  /** An answer that comes later is none. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration MORE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);

  private final int port;
  private final RunCertificate certificate;
  private final Supplier<? extends CallCredentials> identity;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<EchoCaller> callers = new ArrayList<>();
  private final List<EchoCaller> patientCallers = new ArrayList<>();
  private int newcomers;

  private Target(
      int port, RunCertificate certificate, Supplier<? extends CallCredentials> identity) {
    this.port = port;
    this.certificate = certificate;
    this.identity = identity;
  }

  /** The server behind a guard, and callers whose proofs it has verified. */
  static Target guarded(int port, RunCertificate certificate, StsEmulator sts)
      throws GeneralSecurityException {
    return new Target(
            port,
            certificate,
            () ->
                Orders.credentials(sts.endpoint(), CallerKeys.of(sts.addRole(Orders.CHECKOUT)))
                    .build())
        .connected();
  }

  /** The server that refuses at once, and callers who know the password. */
  static Target refusing(int port, RunCertificate certificate, Password password)
      throws GeneralSecurityException {
    return new Target(port, certificate, password::credentials).connected();
  }

  private Target connected() throws GeneralSecurityException {
    for (int i = 0; i < CALLERS; i++) {
      ManagedChannel channel = from(CALLERS_NETWORK, i).build();
      channels.add(channel);
      CallCredentials own = identity.get();
      EchoCaller patient = EchoCaller.on(channel, MOST_PATIENCE).with(own);
      patient.callUntilAnswered();
      patientCallers.add(patient);
      callers.add(EchoCaller.on(channel, PATIENCE).with(own));
    }
    return this;
  }

  private NettyChannelBuilder from(int network, int number) throws GeneralSecurityException {
    return NettyChannelBuilder.forAddress("127.0.0.1", port, certificate.ofClient())
        .localSocketPicker(FromAddress.of(network, number));
  }

  int port() {
    return port;
  }

  /** Those it knows, who wait a second for an answer. */
  List<EchoCaller> callers() {
    return callers;
  }

  /** The same, who wait as long as it takes. */
  List<EchoCaller> patientCallers() {
    return patientCallers;
  }

  /** So many whom it does not know yet, on the connections of those it knows. */
  List<EchoCaller> strangers(int count) {
    List<EchoCaller> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(EchoCaller.on(channels.get(i % CALLERS), MORE_PATIENCE).with(identity.get()));
    }
    return some;
  }

  /** So many more whom it does not know yet, on connections of their own. */
  List<Newcomer> newcomers(int count) throws GeneralSecurityException {
    List<Newcomer> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(new Newcomer(from(NEWCOMERS_NETWORK, newcomers++), identity.get(), PATIENCE));
    }
    return some;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
