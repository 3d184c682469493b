package dev.rolecall.access.scheme;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A scheme whose credentials are {@code Bearer PREFIX:ID:REST}, and whose issuer is the test. It
 * keeps what it is asked until the test answers, or answers from a script: in order, the last line
 * again and again.
 */
public final class FakeScheme implements Scheme, CallerVerifier {

  private final String prefix;
  private final FakeIssuer issuer = new FakeIssuer();
  private final Deque<CompletableFuture<Answer>> script = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<CompletableFuture<Answer>> exchanges = new ArrayList<>();
  private final Map<Caller, RefusalReason> withdrawn = new ConcurrentHashMap<>();
  private final AtomicInteger timesAskedIfWithdrawn = new AtomicInteger();
  private volatile Runnable withdrawal = () -> {};
  private volatile boolean closed;

  /** A scheme of the credentials that begin so. */
  public FakeScheme(String prefix) {
    this.prefix = prefix + ":";
  }

  /** A call's metadata with that credential. */
  public static Credential header(String text) {
    return new Credential.Header(("Bearer " + text).getBytes(US_ASCII));
  }

  /** A session of that role in account 111122223333. */
  public static Caller caller(String role, Instant notAfter) {
    return Caller.of(
        new IamRole(
            RoleArn.parse("arn:aws:iam::111122223333:role/" + role),
            RoleId.parse("AROAEXAMPLE000000001")),
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "session"),
        notAfter);
  }

  /** An issuer's yes. */
  public static Answer yes(Caller caller) {
    return new Answer(new Verification.Verified(caller), Answer.Reply.ANSWERED);
  }

  /** An issuer's no. */
  public static Answer no() {
    return new Answer(
        new Verification.Refused(RefusalReason.ISSUER_REFUSED), Answer.Reply.ANSWERED);
  }

  /** No answer in time. */
  public static Answer silence() {
    return new Answer(
        new Verification.Unavailable(
            RefusalReason.ISSUER_UNAVAILABLE, Optional.of(FakeIssuer.RETRY_AFTER)),
        Answer.Reply.UNANSWERED);
  }

  /** Adds a line to the script. */
  public synchronized FakeScheme then(Answer answer) {
    script.add(CompletableFuture.completedFuture(answer));
    return this;
  }

  /** Adds a defect to the script. */
  public synchronized FakeScheme thenFail(Throwable defect) {
    script.add(CompletableFuture.failedFuture(defect));
    return this;
  }

  /** Forgets the script. */
  public synchronized FakeScheme fromNowOn() {
    script.clear();
    return this;
  }

  /** The credentials it was asked about. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** The future handed out for the question of that number, from 0. */
  public synchronized CompletableFuture<Answer> exchange(int number) {
    return exchanges.get(number);
  }

  /** Answers the question of that number, from 0. */
  public void answer(int number, Answer answer) {
    exchange(number).complete(answer);
  }

  /** The issuer of every credential. */
  public FakeIssuer issuer() {
    return issuer;
  }

  /** Whether its user has closed it. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return this;
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    String text = textOf(credential);
    return text != null && text.startsWith(prefix) ? new Asking(text) : Reading.notMine();
  }

  private static @Nullable String textOf(Credential credential) {
    if (credential instanceof Certificate certificate) {
      return certificate.text();
    }
    return credential instanceof Credential.Header header ? header.bearer() : null;
  }

  @Override
  public Optional<RefusalReason> withdrawn(Caller caller) {
    timesAskedIfWithdrawn.incrementAndGet();
    return Optional.ofNullable(withdrawn.get(caller));
  }

  @Override
  public void onWithdrawal(Runnable listener) {
    withdrawal = listener;
  }

  /** Withdraws the credential of that caller. */
  public void withdraw(Caller caller, RefusalReason reason) {
    withdrawn.put(caller, reason);
    withdrawal.run();
  }

  /** How often it was asked whether a credential is withdrawn. */
  public int timesAskedIfWithdrawn() {
    return timesAskedIfWithdrawn.get();
  }

  @Override
  public void close() {
    closed = true;
  }

  private synchronized CompletableFuture<Answer> ask(String text) {
    CompletableFuture<Answer> exchange = new CompletableFuture<>();
    asked.add(text);
    exchanges.add(exchange);
    @Nullable CompletableFuture<Answer> next = script.size() > 1 ? script.poll() : script.peek();
    return next != null ? next : exchange;
  }

  /** A peer's certificate with that credential. */
  public record Certificate(String text) implements Credential.PeerCertificate {
    @Override
    public BindingHash key() {
      return BindingHash.of(text.getBytes(US_ASCII));
    }
  }

  /** The facts that a credential of this scheme claims. */
  public record Claims(String id) implements Facts {
    @Override
    public int size() {
      return id.length();
    }

    @Override
    public List<Fact> list() {
      return List.of(new Fact("id", "id", id));
    }
  }

  private final class Asking implements Question {

    private final String text;

    Asking(String text) {
      this.text = text;
    }

    @Override
    public CredentialKey key() {
      return new CredentialKey(text, text.hashCode());
    }

    @Override
    public Issuer issuer() {
      return issuer;
    }

    @Override
    public String claimedId() {
      return text.split(":", -1)[1];
    }

    @Override
    public Optional<Facts> facts() {
      return Optional.of(new Claims(claimedId()));
    }

    @Override
    public CompletableFuture<Answer> ask(long began) {
      return FakeScheme.this.ask(text);
    }
  }
}
