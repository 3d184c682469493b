package dev.rolecall.cli.console.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.util.Timestamps;
import dev.rolecall.cli.console.answer.Answer;
import dev.rolecall.cli.console.answer.FlatJson;
import dev.rolecall.cli.console.call.ServerCalls;
import dev.rolecall.decisions.v1.DecisionsGrpc;
import dev.rolecall.decisions.v1.ListCallsRequest;
import dev.rolecall.decisions.v1.ListCallsResponse;
import dev.rolecall.decisions.v1.SeenCall;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.PolicyAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tries a policy that is not in force against the calls that a server has seen in the last hour:
 * which of them would it have answered otherwise? Calls that were refused for the credential that
 * they brought are left out, since no policy decides those.
 */
public final class PolicyTrial {

  /** A server keeps some thousand calls; one that gives pages without end is no such server. */
  private static final int MOST_PAGES = 100;

  private static final int MOST_CHANGES = 500;

  private final ServerCalls decisions;

  /** Against the calls of that server. */
  public PolicyTrial(ServerCalls decisions) {
    this.decisions = decisions;
  }

  /** A call that the policy answers otherwise. */
  private record Change(
      SeenCall call, dev.rolecall.policytools.Answer before, PolicyAnswer after) {}

  /** The calls that a policy was tried against. */
  private static final class Tried {
    private final List<Change> changes = new ArrayList<>();
    private long asked;
    private long undecided;
  }

  /** Answers the page, which sends the policy's text. */
  public Answer answer(String body) {
    AccessPolicy policy = PolicyText.policy(FlatJson.read(body).text("text"));
    Tried tried = new Tried();
    ListCallsResponse page = ListCallsResponse.getDefaultInstance();
    long calls = 0;
    for (int i = 0; i == 0 || (i < MOST_PAGES && !page.getNextPageToken().isEmpty()); i++) {
      page =
          decisions.answer(
              DecisionsGrpc.getListCallsMethod(),
              ListCallsRequest.newBuilder().setPageToken(page.getNextPageToken()).build());
      calls += page.getCallsList().stream().mapToLong(SeenCall::getCount).sum();
      page.getCallsList().forEach(call -> put(policy, call, tried));
    }
    ListCallsResponse last = page;
    long all = calls;
    return Answer.of(json -> write(json, last, all, tried));
  }

  private static void put(AccessPolicy policy, SeenCall call, Tried tried) {
    Optional<dev.rolecall.policytools.Answer> before = SeenCallText.answered(call);
    if (before.isEmpty()) {
      return;
    }
    tried.asked++;
    try {
      CallerQuery caller = SeenCallText.caller(call);
      MethodPath method = MethodPath.parse("/" + call.getMethod());
      if (readsHeaders(policy, caller, method)) {
        tried.undecided++;
        return;
      }
      PolicyAnswer after = PolicyAnswer.of(policy, caller, method, SeenCallText.call(call));
      if (after.answer() != before.get()) {
        tried.changes.add(new Change(call, before.get(), after));
      }
    } catch (IllegalArgumentException e) {
      // Going on is safe: the page says how many calls could not be judged.
      tried.undecided++;
    }
  }

  /** Whether some rule that may mean the call reads its headers, which no server keeps. */
  private static boolean readsHeaders(AccessPolicy policy, CallerQuery caller, MethodPath method) {
    return policy.layers().stream()
        .flatMap(layer -> layer.rules().stream())
        .filter(rule -> rule.pathsMatching(method).findAny().isPresent())
        .filter(
            rule ->
                caller
                    .principal()
                    .filter(
                        known ->
                            rule.principalsMatching(known, caller.attributes())
                                .findAny()
                                .isPresent())
                    .isPresent())
        .anyMatch(
            rule ->
                !rule.conditions().headers().isEmpty()
                    || rule.source().grant().flatMap(grant -> grant.resource()).isPresent());
  }

  private static void write(JsonGenerator json, ListCallsResponse last, long calls, Tried tried)
      throws IOException {
    json.writeStringField("since", Timestamps.toString(last.getSince()));
    json.writeNumberField("calls", calls);
    json.writeNumberField("asked", tried.asked);
    json.writeNumberField("undecided", tried.undecided);
    json.writeNumberField("uncounted", last.getUncounted());
    json.writeArrayFieldStart("changes");
    for (Change change :
        tried.changes.stream()
            .sorted(Comparator.comparing((Change each) -> -each.call().getCount()))
            .limit(MOST_CHANGES)
            .toList()) {
      json.writeStartObject();
      json.writeStringField("caller", change.after().caller().toString());
      json.writeStringField("method", "/" + change.call().getMethod());
      json.writeStringField("before", change.before().toString());
      json.writeStringField("after", change.after().answer().toString());
      json.writeStringField(
          "effect",
          change.before().compareTo(change.after().answer()) < 0 ? "tightens" : "loosens");
      json.writeStringField("why", change.after().why());
      json.writeNumberField("count", change.call().getCount());
      json.writeStringField("last", Timestamps.toString(change.call().getLast()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
