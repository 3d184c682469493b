package dev.rolecall.tests.access.faults;

import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.Echo;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/**
 * A stream of a person at a guarded server, as its client sees it: admitted with the first answer,
 * or refused. It stays open until the server ends it, unless it is a short one.
 */
final class Visit extends ClientCall.Listener<String> {

  /** The end of a short visit by its client. */
  static final String DONE = "OK";

  private final HolderStory holder;
  private final Enforcer enforcer;
  private final RunTime time;
  private final long sent;
  private final boolean isShort;
  private final CompletableFuture<Void> decided = new CompletableFuture<>();
  private final ClientCall<String, String> call;
  private volatile long admitted = RunTime.NEVER;
  private volatile long ended = RunTime.NEVER;
  private volatile String reason = "";

  private Visit(
      HolderStory holder,
      Enforcer enforcer,
      CallCredentials proofs,
      RunTime time,
      boolean isShort) {
    this.holder = holder;
    this.enforcer = enforcer;
    this.time = time;
    this.isShort = isShort;
    this.sent = time.now();
    this.call =
        enforcer.channel().newCall(Echo.CHAT, CallOptions.DEFAULT.withCallCredentials(proofs));
  }

  /** Begins one. */
  static Visit begin(HolderStory holder, Enforcer enforcer, RunTime time, boolean isShort) {
    Visit visit = new Visit(holder, enforcer, enforcer.proofs(holder.name()), time, isShort);
    visit.call.start(visit, new Metadata());
    visit.call.request(2);
    visit.call.sendMessage("hello");
    return visit;
  }

  @Override
  public void onMessage(String answer) {
    admitted = time.now();
    decided.complete(null);
    if (isShort) {
      call.halfClose();
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    SeenRefusal seen = SeenRefusal.of(status.asRuntimeException(trailers));
    reason = seen.reason().isEmpty() ? seen.code().name() : seen.reason();
    ended = time.now();
    decided.complete(null);
  }

  HolderStory holder() {
    return holder;
  }

  Enforcer enforcer() {
    return enforcer;
  }

  /** Completed once it is admitted or refused. */
  CompletableFuture<Void> decided() {
    return decided;
  }

  long sent() {
    return sent;
  }

  boolean isAdmitted() {
    return admitted != RunTime.NEVER;
  }

  long admitted() {
    return admitted;
  }

  boolean isOver() {
    return ended != RunTime.NEVER;
  }

  long ended() {
    return ended;
  }

  String reason() {
    return reason;
  }

  /** For people. */
  @Override
  public String toString() {
    return "%s at enforcer %d: sent %s, admitted %s, ended %s %s"
        .formatted(
            holder.name(),
            enforcer.number(),
            RunTime.text(sent),
            RunTime.text(admitted),
            RunTime.text(ended),
            reason);
  }
}
