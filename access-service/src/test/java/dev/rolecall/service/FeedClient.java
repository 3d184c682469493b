package dev.rolecall.service;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.v1.Ack;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Subscribe;
import dev.rolecall.grants.v1.WatchMessage;
import dev.rolecall.identity.Caller;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A subscriber of the tests, which keeps what it hears. */
final class FeedClient implements ClientResponseObserver<WatchMessage, FeedMessage>, AutoCloseable {

  private final List<FeedMessage> heard = new CopyOnWriteArrayList<>();
  private final Map<String, GrantState> grants = new ConcurrentHashMap<>();
  private final boolean reads;
  private volatile @Nullable ClientCallStreamObserver<WatchMessage> call;
  private volatile @Nullable Throwable failure;

  private FeedClient(boolean reads) {
    this.reads = reads;
  }

  /** One that has not subscribed yet. */
  static FeedClient connect(AccessNode node, Caller caller) {
    return connect(node, caller, true);
  }

  private static FeedClient connect(AccessNode node, Caller caller, boolean reads) {
    FeedClient client = new FeedClient(reads);
    var unused = node.feedAs(caller).watch(client);
    return client;
  }

  static FeedClient subscribe(AccessNode node, String name, String... permissions) {
    return connect(node, StatedCallers.ORDERS).from(name, "", 0, permissions);
  }

  /** One that reads nothing until {@link #read}. */
  static FeedClient subscribeWithoutReading(AccessNode node, String name, String... permissions) {
    return connect(node, StatedCallers.ORDERS, false).from(name, "", 0, permissions);
  }

  FeedClient from(String name, String epoch, long after, String... permissions) {
    return send(
        WatchMessage.newBuilder()
            .setSubscribe(
                Subscribe.newBuilder()
                    .setNode(name)
                    .setEpoch(epoch)
                    .setAfterRevision(after)
                    .addAllPermissions(List.of(permissions)))
            .build());
  }

  FeedClient acknowledge(long revision, long streams) {
    return send(
        WatchMessage.newBuilder()
            .setAck(Ack.newBuilder().setRevision(revision).setStreamsEnded(streams))
            .build());
  }

  FeedClient send(WatchMessage message) {
    requireNonNull(call, "call").onNext(message);
    return this;
  }

  void read(int messages) {
    requireNonNull(call, "call").request(messages);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchMessage> stream) {
    call = stream;
    if (!reads) {
      stream.disableAutoRequestWithInitial(0);
    }
  }

  @Override
  public void onNext(FeedMessage message) {
    if (message.getReset()) {
      grants.clear();
    }
    message.getGrantsList().forEach(grant -> grants.put(grant.getId(), grant));
    heard.add(message);
  }

  @Override
  public void onError(Throwable thrown) {
    failure = thrown;
  }

  @Override
  public void onCompleted() {}

  List<FeedMessage> heard() {
    return heard;
  }

  Map<String, GrantState> grants() {
    return grants;
  }

  /** The newest state of a grant that it has heard of. */
  GrantState grant(String id) {
    return requireNonNull(grants.get(id), "grant");
  }

  FeedMessage last() {
    return heard.get(heard.size() - 1);
  }

  @Nullable Throwable failure() {
    return failure;
  }

  Status.Code failureCode() {
    return Status.fromThrowable(failure).getCode();
  }

  @Override
  public void close() {
    requireNonNull(call, "call").cancel("the test is over", null);
  }
}
