package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.person;
import static dev.rolecall.service.store.Asks.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.request.NewRequest;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.internal.sql.SqlStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The contract of searches in the audit trail, which each database keeps. */
abstract class SearchContract extends AccessStoreContract {

  private static final String OPERATOR = "arn:aws:iam::111122223333:role/Night-Operator";

  @Test
  void events_newestFirst_areThoseOldestFirstBackwards() {
    granted(Asks.one());
    long before = done(store.position()).revision();
    granted(Asks.one());
    placed(Asks.one());
    long newest = done(store.position()).revision();

    List<Long> after =
        revisions(
            new EventFilter(before, Optional.empty(), Optional.empty(), EventSearch.ANY, true), 2);
    assertThat(after)
        .containsSubsequence(
            LongStream.iterate(newest, n -> n > before, n -> n - 1).boxed().toList())
        .endsWith(before + 1);
    assertThat(revisions(newestFirst(EventSearch.ANY), 500).get(0)).isGreaterThanOrEqualTo(newest);
    assertThat(revisions(newestFirst(EventSearch.ANY), 3)).endsWith(3L, 2L, 1L);
  }

  @Test
  void events_newestFirst_whileMoreHappen_comeOnceAndWithoutALoss() {
    granted(Asks.one());
    granted(Asks.one());
    long newest = done(store.position()).revision();

    List<Long> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<AccessEvent> page =
          done(store.events(newestFirst(EventSearch.ANY), new PageKey(2, cursor)));
      page.items().forEach(event -> found.add(event.revision()));
      cursor = page.next();
      if (found.size() < 10) {
        placed(Asks.one());
      }
    } while (cursor.isPresent());

    assertThat(found)
        .doesNotHaveDuplicates()
        .endsWith(LongStream.iterate(newest, n -> n > 0, n -> n - 1).boxed().toArray(Long[]::new));
  }

  @Test
  void events_withTheCursorOfTheOtherOrder_areRefused() {
    granted(Asks.one());
    EventFilter backwards = newestFirst(EventSearch.ANY);
    Optional<String> forth = done(store.events(EventFilter.ALL, PageKey.first(1))).next();
    Optional<String> back = done(store.events(backwards, PageKey.first(1))).next();

    assertThat(refused(store.events(backwards, new PageKey(1, forth))))
        .isEqualTo(Reason.BAD_CURSOR);
    assertThat(refused(store.events(EventFilter.ALL, new PageKey(1, back))))
        .isEqualTo(Reason.BAD_CURSOR);
    for (String number : List.of("" + Long.MIN_VALUE, "-1", "0", "" + Long.MAX_VALUE)) {
      assertThat(done(store.events(backwards, forged(number + ":newest"))).items())
          .hasSizeLessThan(2);
      assertThat(done(store.events(EventFilter.ALL, forged(number + ":"))).items())
          .hasSizeLessThan(2);
    }
  }

  private static PageKey forged(String cursor) {
    return new PageKey(
        1,
        Optional.of(
            Base64.getUrlEncoder().encodeToString(cursor.getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void who_isAPartOfTheActorOrOfTheOneWhoseAccessItIs() {
    Subject holder = person("wanda.Smith", "Engineer", "AROAENGINEER00001");
    Subject operator =
        new Subject(OPERATOR, Optional.of(RoleId.parse("AROANIGHT00000001")), Optional.empty());
    AccessRequest request = placed(holder, "for who", Optional.empty());
    String grant = grantOf(approve(request, ANN)).id();
    done(store.revoke(grant, operator, WHY));
    AccessLock lock =
        done(
            store.lock(
                new NewLock(
                    LockTarget.person("corp/wanda.smith"),
                    new AccessLock.Limits(Optional.empty(), Optional.empty()),
                    BOB,
                    WHY)));
    placed(Asks.one());

    for (String who : List.of("wanda", "CORP/WANDA.SMITH", "a.S")) {
      assertThat(found(who(who)))
          .as(who)
          .extracting(AccessEvent::word)
          .containsExactly("request.created", "request.approved", "grant.revoked", "lock.locked");
    }
    assertThat(found(who("night-OPERATOR")))
        .extracting(AccessEvent::word)
        .containsExactly("grant.revoked");
    assertThat(found(who(OPERATOR + "s"))).isEmpty();
    // Neither the names of fields nor the values of others count.
    for (String other :
        List.of("beneficiary", "principal", "holder", "for who", "because", "PERSON", lock.id())) {
      assertThat(found(who(other))).as(other).isEmpty();
    }
  }

  @Test
  void who_isTheRoleOfALockedRole() {
    String arn = "arn:aws:iam::111122223333:role/Locked-Out";
    done(
        store.lock(
            new NewLock(
                LockTarget.role(RoleId.parse("AROALOCKEDOUT0001"), arn),
                new AccessLock.Limits(Optional.empty(), Optional.empty()),
                BOB,
                WHY)));

    assertThat(found(who("role/locked-out"))).hasSize(1);
    assertThat(found(who("AROALOCKEDOUT0001"))).hasSize(1);
  }

  @Test
  void text_isAPartOfAReasonOrATicket_ofThisEventOrOfItsRequest() {
    AccessRequest request =
        placed(person("t1"), "Replay of FAILED orders", Optional.of("OPS-4711"));
    approve(request, ANN);
    done(store.cancel(placed(person("t2"), "another", Optional.of("OPS-4712")).id(), person("t2")));

    for (String text : List.of("replay", "failed ORDERS", "s", "ops-4711", "OPS-4711")) {
      assertThat(found(text(text)))
          .as(text)
          .extracting(event -> event.about().ref())
          .contains(request.id());
    }
    assertThat(found(text("OPS-4711"))).hasSize(2);
    assertThat(found(text("OPS-47"))).hasSize(4);
    for (String other : List.of("ticket", "request_reason", "corp/t1", request.id(), "OPS-47110")) {
      assertThat(found(text(other))).as(other).isEmpty();
    }
  }

  @Test
  void text_withWildcards_findsThoseCharactersAlone() {
    placed(person("w1"), "load at 100% of C:\\temp\\new_dir", Optional.empty());
    placed(person("w2"), "load at 1000 of C:/temp/newXdir", Optional.empty());

    for (String exact : List.of("100% of", "C:\\TEMP\\new", "new_dir", "\\n", "%", "_d")) {
      assertThat(found(text(exact))).as(exact).hasSize(1);
    }
    for (String none : List.of("%%", "l%d", "l__d", "100[%]", "\\%", "load.*", "\\\\", "!%")) {
      assertThat(found(text(none))).as(none).isEmpty();
    }
    assertThat(found(who("corp/w_"))).isEmpty();
    assertThat(found(who("corp%w1"))).isEmpty();
  }

  @Test
  void text_thatIsHostile_isTextAlone() {
    List<String> texts =
        List.of(
            "'; drop table outbox; --",
            "\" or \"\"=\"",
            "{\"reason\":\"}\",\"x\":[\"",
            "wow!! such!",
            "<script>alert(1)</script>",
            "\u202Egnihtemos",
            "line\nfeed\tand tab",
            "\uD83D\uDD12 locked \uD83D\uDD13");
    texts.forEach(text -> placed(person("h1"), text, Optional.empty()));

    for (String text : texts) {
      assertThat(found(text(text))).as(text).hasSize(1);
      assertThat(found(who(text))).as(text).isEmpty();
    }
    for (String none : List.of("\u0000", "\uD83D\uDD14", "\\u202e", "\\n", "\\\"")) {
      assertThat(found(text(none))).as("%x", (int) none.charAt(0)).noneMatch(isOf("corp/h1"));
    }
    assertThat(done(store.position()).revision()).isPositive();
  }

  private static Predicate<AccessEvent> isOf(String person) {
    return event -> event.actor().flatMap(Subject::person).equals(Optional.of(person));
  }

  @Test
  void text_ofLettersBeyondAscii_isFoundInAnyCase() {
    placed(
        person("u1"),
        "\u00C4nderung f\u00FCr \u041C\u043E\u0441\u043A\u0432\u0430",
        Optional.empty());

    for (String text : List.of("\u00E4NDERUNG F\u00DCR", "\u043C\u043E\u0441\u041A", "\u00C4")) {
      assertThat(found(text(text))).as(text).hasSize(1);
    }
    for (String escape : List.of("00c4", "u00C4", "\\u00c4")) {
      assertThat(found(text(escape))).as(escape).isEmpty();
    }
  }

  @Test
  void kind_isAWholeWordOrItsBeginningUpToTheDot() {
    String ref = granted(Asks.one()).origin().requestId();

    assertThat(found(kind("request.created"), ref)).hasSize(1);
    assertThat(found(kind("request."), ref)).hasSize(2);
    assertThat(found(kind("request.create"), ref)).isEmpty();
    assertThat(found(kind("reques."), ref)).isEmpty();
    assertThat(found(kind("r_quest."), ref)).isEmpty();
    assertThat(found(kind("grant."), ref)).isEmpty();
  }

  @Test
  void times_fromIsInAndUntilIsOut() {
    AccessRequest request = placed(Asks.one());
    Instant at = events(request.id()).get(0).at();

    assertThat(found(times(at, at.plusMillis(1)), request.id())).hasSize(1);
    assertThat(found(times(at, at.plusNanos(1)), request.id())).hasSize(1);
    assertThat(found(times(at.minusMillis(1), at), request.id())).isEmpty();
    assertThat(found(times(at.plusNanos(1), at.plusSeconds(60)), request.id())).isEmpty();
    assertThat(found(times(Instant.EPOCH, at.plusSeconds(60)), request.id())).hasSize(1);
  }

  @Test
  void conditions_allHaveToBeMet() {
    Asks asks = Asks.one();
    AccessRequest request = placed(asks);
    approve(request, ANN);
    EventSearch search =
        new EventSearch(
            Optional.of("corp/ann"),
            Optional.of("request."),
            Optional.of("FINE"),
            Optional.empty(),
            Optional.empty());

    EventFilter ofIt =
        new EventFilter(0, Optional.empty(), Optional.of(asks.scope().permission()), search, true);
    assertThat(all(ofIt, 50)).extracting(AccessEvent::word).containsExactly("request.approved");
    EventFilter ofAnother =
        new EventFilter(0, Optional.empty(), Optional.of(PermissionName.of("other")), search, true);
    assertThat(all(ofAnother, 50)).isEmpty();
  }

  @Test
  void search_thatFindsLittleAmongMany_goesOnOverBoundedPages() {
    try (AccessStore many = source().open(runtime)) {
      String needle = done(many.place(request(person("n1"), "a needle", Optional.empty()))).id();
      addHay(many, 52_000);

      for (boolean newestFirst : List.of(true, false)) {
        Pages byText = pages(many, filter(text("a needle"), newestFirst), 500);
        assertThat(byText.found()).extracting(e -> e.about().ref()).containsExactly(needle);
        assertThat(byText.count()).isEqualTo(2);
        Pages byLetter = pages(many, filter(text("\u00E9"), newestFirst), 500);
        assertThat(byLetter.found()).isEmpty();
        assertThat(byLetter.count()).isEqualTo(11);
        Pages byTime =
            pages(many, filter(times(Instant.EPOCH, Instant.ofEpochMilli(2)), newestFirst), 500);
        assertThat(byTime.found()).isEmpty();
        assertThat(byTime.count()).isEqualTo(2);
      }
      assertThat(pages(many, newestFirst(kind("hay.made")), 500).found()).hasSize(52_000);
    }
  }

  /** Writes events of another program, past the transitions of this one. */
  private static void addHay(AccessStore many, int count) {
    ((SqlStore) many)
        .database()
        .jdbi()
        .useTransaction(
            transaction -> {
              transaction.execute("update feed_revision set n = n + ?", count);
              transaction.execute(
                  "insert into outbox (revision, kind, ref, at_ms, body, taken_until, delivered_at)"
                      + " with recursive hay(n) as (select 0 union all select n + 1 from hay"
                      + " where n < ? - 1) select feed_revision.n - hay.n, 'hay.made', 'hay', 5,"
                      + " '{\"reason\":\"hay\"}', 0, 5 from hay, feed_revision",
                  count);
            });
  }

  private record Pages(List<AccessEvent> found, int count) {}

  private static Pages pages(AccessStore of, EventFilter filter, int size) {
    List<AccessEvent> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    int count = 0;
    do {
      Page<AccessEvent> page = done(of.events(filter, new PageKey(size, cursor)));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
      found.addAll(page.items());
      cursor = page.next();
      count++;
    } while (cursor.isPresent());
    return new Pages(found, count);
  }

  private AccessRequest placed(Subject requester, String reason, Optional<String> ticket) {
    return done(store.place(request(requester, reason, ticket)));
  }

  private static NewRequest request(Subject requester, String reason, Optional<String> ticket) {
    NewRequest usual = Asks.one().request(HOUR);
    Ask ask = usual.ask();
    return new NewRequest(
        new Ask(
            requester,
            requester,
            ask.scope(),
            new Ask.Why(Optional.of(FreeText.of(reason)), ticket.map(FreeText::of)),
            ask.time(),
            ask.kind()),
        usual.terms(),
        usual.idempotencyKey(),
        usual.extendedGrant());
  }

  private static EventSearch who(String part) {
    return search(Optional.of(part), Optional.empty(), Optional.empty());
  }

  private static EventSearch kind(String word) {
    return search(Optional.empty(), Optional.of(word), Optional.empty());
  }

  private static EventSearch text(String part) {
    return search(Optional.empty(), Optional.empty(), Optional.of(part));
  }

  private static EventSearch search(
      Optional<String> who, Optional<String> kind, Optional<String> text) {
    return new EventSearch(who, kind, text, Optional.empty(), Optional.empty());
  }

  private static EventSearch times(Instant from, Instant until) {
    return new EventSearch(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(from),
        Optional.of(until));
  }

  private static EventFilter newestFirst(EventSearch search) {
    return filter(search, true);
  }

  private static EventFilter filter(EventSearch search, boolean newestFirst) {
    return new EventFilter(0, Optional.empty(), Optional.empty(), search, newestFirst);
  }

  private List<AccessEvent> found(EventSearch search) {
    return all(filter(search, false), 500);
  }

  private List<AccessEvent> found(EventSearch search, String ref) {
    return all(new EventFilter(0, Optional.of(ref), Optional.empty(), search, false), 50);
  }

  private List<Long> revisions(EventFilter filter, int size) {
    return all(filter, size).stream().map(AccessEvent::revision).toList();
  }

  private List<AccessEvent> all(EventFilter filter, int size) {
    return pages(store, filter, size).found();
  }
}
