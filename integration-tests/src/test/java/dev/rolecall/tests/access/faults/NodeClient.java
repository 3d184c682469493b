package dev.rolecall.tests.access.faults;

import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Calls one node: as the one who asks, the one who reviews, and an administrator. */
final class NodeClient implements AutoCloseable {

  /** A frozen node is given up after it. */
  private static final int DEADLINE_SECONDS = 5;

  private final ManagedChannel channel;
  private final CallCredentials asker;
  private final CallCredentials reviewer;
  private final CallCredentials admin;

  NodeClient(int port, TestCertificate certificate, ShiftedSts sts, EmulatedPrincipal asker) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port, TestCertificate.trusting(certificate))
            .build();
    this.asker = sts.proofs(asker, Staff.ACCESS);
    this.reviewer = sts.proofs(Staff.REVIEWER, Staff.ACCESS);
    this.admin = sts.proofs(Staff.ADMIN, Staff.ACCESS);
  }

  AccessServiceBlockingStub asker() {
    return as(asker);
  }

  AccessServiceBlockingStub reviewer() {
    return as(reviewer);
  }

  AccessServiceBlockingStub admin() {
    return as(admin);
  }

  private AccessServiceBlockingStub as(CallCredentials caller) {
    return AccessServiceGrpc.newBlockingStub(channel)
        .withCallCredentials(caller)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Connects at once, however often that failed before. */
  void reconnect() {
    channel.resetConnectBackoff();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    Termination.of("a channel to a node", channel::awaitTermination);
  }
}
