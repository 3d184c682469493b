package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.request.NewRequest;
import dev.rolecall.service.request.NewReview;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.Review;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.EventFilter;
import dev.rolecall.service.store.GrantFilter;
import dev.rolecall.service.store.GrantSight;
import dev.rolecall.service.store.KeyStore;
import dev.rolecall.service.store.News;
import dev.rolecall.service.store.Note;
import dev.rolecall.service.store.Outbox;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Page;
import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.Position;
import dev.rolecall.service.store.RequestFilter;
import dev.rolecall.service.store.Statistics;
import dev.rolecall.service.store.internal.database.Database;
import dev.rolecall.service.store.internal.list.EventPages;
import dev.rolecall.service.store.internal.list.Lists;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.LockRows;
import dev.rolecall.service.store.internal.row.RequestRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The store in a database. */
public final class SqlStore implements AccessStore {

  private static final int MOST_NEWS = 10_000;

  private final Database database;
  private final Work work;
  private final Placing placing;
  private final Reviewing reviewing;
  private final GrantEnds grantEnds;
  private final Locking locking;
  private final Ledger ledger;
  private final SqlKeys keys;
  private final SqlOutbox outbox;
  private final Sweeps sweeps;

  private SqlStore(Database database, AccessRuntime runtime, Ids ids) {
    this.database = database;
    this.ledger = new Ledger(database);
    this.work =
        new Work(
            new Transactions(database),
            database.workers(),
            runtime.ticker(),
            new StoreMetrics(runtime.telemetry(), runtime.ticker()));
    this.placing = new Placing(ledger, ids);
    this.reviewing = new Reviewing(ledger, ids);
    this.grantEnds = new GrantEnds(ledger);
    this.locking = new Locking(ledger, ids);
    this.keys = new SqlKeys(work, ledger);
    this.outbox = new SqlOutbox(work);
    this.sweeps = new Sweeps(work, new Sweeper(ledger));
  }

  /**
   * The store in a database whose schema is up to date. It owns the database from now on.
   *
   * @param random draws ids
   */
  public static SqlStore open(Database database, AccessRuntime runtime, RandomGenerator random) {
    Ids ids = new Ids(requireNonNull(random, "random"));
    Epochs.begin(database.jdbi(), ids.next("epoch"));
    SqlStore store = new SqlStore(database, runtime, ids);
    store.sweeps.start(runtime);
    return store;
  }

  @Override
  public CompletionStage<Outcome<AccessRequest>> place(NewRequest request) {
    requireNonNull(request, "request");
    return work.change("place_request", transaction -> placing.place(transaction, request));
  }

  @Override
  public CompletionStage<Outcome<Optional<AccessRequest>>> placed(
      Ask ask, String key, Optional<String> extendedGrant) {
    requireNonNull(ask, "ask");
    return work.read("find_placed", snapshot -> Placing.placed(snapshot, ask, key, extendedGrant));
  }

  @Override
  public CompletionStage<Outcome<AccessRequest>> cancel(String requestId, Subject actor) {
    return work.change(
        "cancel_request", transaction -> reviewing.cancel(transaction, requestId, actor));
  }

  @Override
  public CompletionStage<Outcome<AccessRequest>> review(
      NewReview review, Predicate<Review> stillCounts) {
    return work.change(
        "review_request", transaction -> reviewing.review(transaction, review, stillCounts));
  }

  @Override
  public CompletionStage<Outcome<AccessGrant>> revoke(
      String grantId, Subject actor, Optional<FreeText> reason) {
    return work.end(
        "revoke_grant", transaction -> grantEnds.revoke(transaction, grantId, actor, reason));
  }

  @Override
  public CompletionStage<Outcome<AccessGrant>> reviewBreakGlass(
      String grantId, Subject actor, PostReview decision, Optional<FreeText> reason) {
    if (decision == PostReview.REQUIRED) {
      throw new IllegalArgumentException("decision: REQUIRED (expected: ACKNOWLEDGED or FLAGGED)");
    }
    return work.end(
        "review_break_glass",
        transaction -> grantEnds.reviewBreakGlass(transaction, grantId, actor, decision, reason));
  }

  @Override
  public CompletionStage<Outcome<AccessGrant>> acknowledgeFlagged(
      String grantId, Subject actor, Optional<FreeText> reason) {
    return work.change(
        "acknowledge_flagged",
        transaction -> grantEnds.acknowledgeFlagged(transaction, grantId, actor, reason));
  }

  @Override
  public CompletionStage<Outcome<AccessLock>> lock(NewLock lock) {
    return work.end("set_lock", transaction -> locking.lock(transaction, lock));
  }

  @Override
  public CompletionStage<Outcome<AccessLock>> unlock(
      String lockId, Subject actor, Optional<FreeText> reason) {
    return work.end("lift_lock", transaction -> locking.unlock(transaction, lockId, actor, reason));
  }

  @Override
  public CompletionStage<Outcome<GrantSight>> noteOn(
      String grantId, Function<GrantSight, Optional<Note>> note) {
    requireNonNull(note, "note");
    return work.change("note_on_grant", transaction -> ledger.noteOn(transaction, grantId, note));
  }

  @Override
  public CompletionStage<Outcome<AccessRequest>> request(String id) {
    return work.read("get_request", snapshot -> RequestRows.get(snapshot, id));
  }

  @Override
  public CompletionStage<Outcome<Page<AccessRequest>>> requests(
      RequestFilter filter, PageKey page) {
    return work.read("list_requests", snapshot -> Lists.requests(snapshot, filter, page));
  }

  @Override
  public CompletionStage<Outcome<AccessGrant>> grant(String id) {
    return work.readRow("get_grant", snapshot -> GrantRows.get(snapshot, id));
  }

  @Override
  public CompletionStage<Outcome<Page<AccessGrant>>> grants(GrantFilter filter, PageKey page) {
    return work.read("list_grants", snapshot -> Lists.grants(snapshot, filter, page));
  }

  @Override
  public CompletionStage<Outcome<AccessLock>> lock(String id) {
    return work.read("get_lock", snapshot -> LockRows.get(snapshot, id));
  }

  @Override
  public CompletionStage<Outcome<Page<AccessLock>>> locks(PageKey page) {
    return work.read("list_locks", snapshot -> Lists.locks(snapshot, page));
  }

  @Override
  public CompletionStage<Outcome<Page<AccessEvent>>> events(EventFilter filter, PageKey page) {
    return work.read("list_events", snapshot -> EventPages.read(snapshot, filter, page));
  }

  @Override
  public CompletionStage<Outcome<Position>> position() {
    return work.read("position", NewsReader::position);
  }

  @Override
  public CompletionStage<Outcome<Position>> beginHistory(String lost) {
    return work.change(
        "begin_history",
        transaction -> {
          Epochs.renew(transaction, requireNonNull(lost, "lost"), newEpoch());
          return NewsReader.position(transaction);
        });
  }

  @Override
  public CompletionStage<Outcome<News>> news(long after, int limit) {
    if (after < 0 || limit < 1 || limit > MOST_NEWS) {
      throw InvalidValue.of(
          "after and limit", after + " and " + limit, "0 or more, and 1 to " + MOST_NEWS);
    }
    return work.readNews(StoreMetrics.NEWS, snapshot -> NewsReader.read(snapshot, after, limit));
  }

  @Override
  public Listening onNews(Runnable listener) {
    return database.onNews(requireNonNull(listener, "listener"));
  }

  @Override
  public CompletionStage<Outcome<Integer>> see(List<Enforcer> enforcers) {
    List<Enforcer> seen = List.copyOf(enforcers);
    return work.keepUp("see_enforcers", transaction -> Enforcers.write(transaction, seen));
  }

  @Override
  public CompletionStage<Outcome<List<Enforcer>>> enforcers() {
    return work.read("list_enforcers", Enforcers::list);
  }

  @Override
  public CompletionStage<Outcome<Integer>> forget(Duration kept) {
    Range.check("kept", kept, SHORTEST_KEPT, LONGEST_KEPT);
    return work.keepUp("forget", transaction -> Sweeper.forget(transaction, kept));
  }

  @Override
  public CompletionStage<Outcome<Statistics>> statistics() {
    return work.read("statistics", Counts::read);
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  /** The connections that a database needs beside those for its workers. */
  public static int connectionsApart() {
    return Work.APART;
  }

  /** The database, for what reads all of it. */
  public Database database() {
    return database;
  }

  /** A name for a history. */
  public String newEpoch() {
    return placing.ids().next("epoch");
  }

  /** Writes down now what time has done; the answer is how many rows. */
  public CompletionStage<Outcome<Integer>> sweep() {
    return sweeps.sweep();
  }

  @Override
  public void close() {
    sweeps.close();
    work.close();
    database.close();
  }
}
