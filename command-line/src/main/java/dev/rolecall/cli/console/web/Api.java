package dev.rolecall.cli.console.web;

import com.sun.net.httpserver.Headers;
import dev.rolecall.cli.console.answer.Answer;
import dev.rolecall.cli.console.answer.Endpoint;
import dev.rolecall.cli.console.answer.Face;
import dev.rolecall.cli.console.answer.FailedException;
import dev.rolecall.cli.console.answer.Failure;
import dev.rolecall.cli.console.answer.FlatJson;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page asks for by script. A code is exchanged for a token; with a token the endpoints
 * answer.
 */
final class Api {

  static final String SESSION = "/session";
  static final String PREFIX = "/api/";

  private static final System.Logger LOG = System.getLogger("rolecall.console");
  private static final String BEARER = "Bearer ";

  /** Sent with what the page asks for by itself: it says nothing about a person being there. */
  private static final String BACKGROUND = "Rolecall-Background";

  private final Keys keys;
  private final IdleWatch idle;
  private final Map<String, Endpoint> endpoints;

  Api(Keys keys, IdleWatch idle, Map<String, Endpoint> endpoints) {
    this.keys = keys;
    this.idle = idle;
    this.endpoints = Map.copyOf(endpoints);
  }

  /** Whether the path is one of these, whatever the caller. */
  boolean has(String path) {
    return path.equals(SESSION) || path.startsWith(PREFIX);
  }

  /** Why a request with those headers is not read further; empty where it is. */
  Optional<Failure> refusal(String path, Headers headers) {
    if (path.equals(SESSION) || isAuthorized(headers)) {
      return Optional.empty();
    }
    return Optional.of(
        Failure.of(
            Face.NO_KEY,
            "This tab has no key",
            "The console answers only the tab that was opened with its link.",
            "Run 'rolecall console' and open the link that it prints."));
  }

  private boolean isAuthorized(Headers headers) {
    List<String> values = headers.getOrDefault("Authorization", List.of());
    return values.size() == 1
        && values.get(0).startsWith(BEARER)
        && keys.isToken(values.get(0).substring(BEARER.length()));
  }

  /** Answers a request that was not refused. */
  Answer answer(String path, Headers headers, String body) {
    try {
      if (path.equals(SESSION)) {
        return exchanged(FlatJson.read(body).text("code"));
      }
      if (!headers.containsKey(BACKGROUND)) {
        idle.touch();
      }
      Endpoint endpoint = endpoints.get(path.substring(PREFIX.length()));
      return endpoint == null
          ? Answer.of(Failure.of(Face.NOT_CONFIGURED, "No such question", path, ""))
          : endpoint.answer(body);
    } catch (FailedException e) {
      return Answer.of(e.failure());
    } catch (RuntimeException | Error e) {
      return Answer.of(defect(path, e));
    }
  }

  /** Logs what a request failed for. The page gets none of its words: they may hold anything. */
  static Failure defect(String path, Throwable thrown) {
    LOG.log(Level.ERROR, "the console could not answer " + path, thrown);
    return Failure.of(
        Face.DEFECT,
        "The console has a defect",
        "It could not answer this request.",
        "The terminal that the console runs in says more; please report it.");
  }

  private Answer exchanged(String code) {
    return keys.exchange(code)
        .map(token -> Answer.of(json -> json.writeStringField("token", token)))
        .orElseGet(
            () ->
                Answer.of(
                    Failure.of(
                        Face.LINK_USED,
                        "This link no longer opens the console",
                        "A link opens one tab, once, and soon after it was printed.",
                        "Run 'rolecall console' again, and open the link that it prints.")));
  }
}
