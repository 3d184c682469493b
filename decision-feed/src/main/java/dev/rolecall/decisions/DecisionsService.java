package dev.rolecall.decisions;

import dev.rolecall.decisions.v1.DecisionNews;
import dev.rolecall.decisions.v1.DecisionsGrpc;
import dev.rolecall.decisions.v1.ListCallsRequest;
import dev.rolecall.decisions.v1.ListCallsResponse;
import dev.rolecall.decisions.v1.WatchDecisionsRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The feed as a gRPC service. Its methods may run on any thread, and never block. */
final class DecisionsService extends DecisionsGrpc.DecisionsImplBase {

  private final DecisionTally tally;
  private final Watchers watchers;
  private final CallPages pages;
  private final Clock clock;
  private final Instant since;

  DecisionsService(
      DecisionTally tally, Watchers watchers, CallPages pages, Clock clock, Instant since) {
    this.tally = tally;
    this.watchers = watchers;
    this.pages = pages;
    this.clock = clock;
    this.since = since;
  }

  @Override
  public void watchDecisions(
      WatchDecisionsRequest request, StreamObserver<DecisionNews> responses) {
    var stream = (ServerCallStreamObserver<DecisionNews>) responses;
    Watcher watcher = new Watcher(tally, clock, since, stream);
    stream.setOnCancelHandler(
        () -> {
          watcher.gone();
          watchers.remove(watcher);
        });
    stream.setOnReadyHandler(watcher::begin);
    Optional<Status> wrong = watchers.add(watcher);
    if (wrong.isPresent()) {
      watcher.end(wrong.get());
    } else {
      watcher.begin();
    }
  }

  @Override
  public void listCalls(ListCallsRequest request, StreamObserver<ListCallsResponse> responses) {
    try {
      responses.onNext(pages.page(request));
      responses.onCompleted();
    } catch (IllegalArgumentException e) {
      responses.onError(
          Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
    }
  }
}
