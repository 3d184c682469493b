package dev.rolecall.grants;

import dev.rolecall.grants.v1.Ack;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.grants.v1.Subscribe;
import dev.rolecall.grants.v1.WatchMessage;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A node of an access service as a test has it: it says what the test makes it say, on the test's
 * thread.
 */
final class FeedServer extends GrantFeedGrpc.GrantFeedImplBase implements AutoCloseable {

  private final String name = UUID.randomUUID().toString();
  private final Server server;
  private final List<Subscribe> subscriptions = new ArrayList<>();
  private final List<Ack> acknowledgements = new ArrayList<>();
  private final List<StreamObserver<FeedMessage>> streams = new ArrayList<>();
  private int ended;
  private Status refusal = Status.OK;

  FeedServer() {
    try {
      this.server =
          InProcessServerBuilder.forName(name).directExecutor().addService(this).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its address within the process. */
  String name() {
    return name;
  }

  ManagedChannel channel() {
    return InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  /** Refuses subscriptions from now on; accepts them with {@code OK}. */
  void refuse(Status status) {
    refusal = status;
  }

  @Override
  public StreamObserver<WatchMessage> watch(StreamObserver<FeedMessage> news) {
    streams.add(news);
    ((ServerCallStreamObserver<FeedMessage>) news).setOnCancelHandler(() -> ended++);
    return new StreamObserver<>() {
      @Override
      public void onNext(WatchMessage message) {
        if (message.hasAck()) {
          acknowledgements.add(message.getAck());
          return;
        }
        subscriptions.add(message.getSubscribe());
        if (!refusal.isOk()) {
          news.onError(refusal.asRuntimeException());
        }
      }

      @Override
      public void onError(Throwable thrown) {}

      @Override
      public void onCompleted() {}
    };
  }

  /** The subscriptions so far. */
  List<Subscribe> subscriptions() {
    return List.copyOf(subscriptions);
  }

  Subscribe lastSubscription() {
    return subscriptions.get(subscriptions.size() - 1);
  }

  /** The acknowledgements so far. */
  List<Ack> acknowledgements() {
    return List.copyOf(acknowledgements);
  }

  /** How many subscriptions the other end has ended. */
  int ended() {
    return ended;
  }

  /** Says that to the last subscriber. */
  void say(FeedMessage message) {
    streams.get(streams.size() - 1).onNext(message);
  }

  void say(FeedMessage.Builder message) {
    say(message.build());
  }

  /** Says that to a subscriber, counted from 0. */
  void sayTo(int stream, FeedMessage.Builder message) {
    streams.get(stream).onNext(message.build());
  }

  /** Ends the last subscription. */
  void cut(Status status) {
    streams.get(streams.size() - 1).onError(status.asRuntimeException());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
