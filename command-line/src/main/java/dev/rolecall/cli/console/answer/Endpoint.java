package dev.rolecall.cli.console.answer;

/** What answers the requests of one path. */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers one request. May block: each request has a thread.
   *
   * @param body the request's JSON
   * @throws FailedException if there is no answer, with what the page is to be told
   */
  Answer answer(String body);
}
