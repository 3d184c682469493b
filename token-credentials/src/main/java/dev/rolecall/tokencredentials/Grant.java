package dev.rolecall.tokencredentials;

import dev.rolecall.tokencredentials.internal.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A token from a token endpoint, by client credentials or, if there is a subject, by token
 * exchange. Not safe for use by several threads until it is built; then it is.
 */
final class Grant {

  private static final String CLIENT_CREDENTIALS = "client_credentials";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

  private final List<String> scopes = new ArrayList<>();
  private final List<String> audiences = new ArrayList<>();
  private final List<String> resources = new ArrayList<>();
  private final @Nullable SubjectToken subject;
  private @Nullable SubjectToken actor;
  private Optional<String> requestedType = Optional.empty();

  Grant(@Nullable SubjectToken subject) {
    this.subject = subject;
  }

  void scope(String scope) {
    scopes.add(scope);
  }

  void audience(String audience) {
    audiences.add(audience);
  }

  void resource(String resource) {
    resources.add(resource);
  }

  void actor(SubjectToken token) {
    actor = token;
  }

  void requestedType(String type) {
    requestedType = Optional.of(type);
  }

  /** Whether it exchanges a token. */
  boolean isExchange() {
    return subject != null;
  }

  /** The source of the tokens that the endpoint gives for this. */
  TokenSource from(TokenEndpoint endpoint) {
    return () -> ask(endpoint);
  }

  private CompletionStage<AccessToken> ask(TokenEndpoint endpoint) throws IOException {
    List<String> secrets = new ArrayList<>();
    Form form = new Form().add("grant_type", isExchange() ? EXCHANGE : CLIENT_CREDENTIALS);
    add(form, "subject_token", subject, secrets);
    add(form, "actor_token", actor, secrets);
    requestedType.ifPresent(type -> form.add("requested_token_type", type));
    if (!scopes.isEmpty()) {
      form.add("scope", String.join(" ", scopes));
    }
    form.addAll("audience", audiences).addAll("resource", resources);
    return endpoint.ask(form, secrets).thenApply(TokenEndpoint.Answer::token);
  }

  private static void add(
      Form form, String name, @Nullable SubjectToken token, List<String> secrets)
      throws IOException {
    if (token == null) {
      return;
    }
    String text = token.secret().read();
    if (text == null || text.isEmpty()) {
      throw TokenFailure.lasting(name + " is empty (expected: a token of " + token.type() + ")");
    }
    secrets.add(text);
    form.add(name, text).add(name + "_type", token.type());
  }

  @Override
  public String toString() {
    return "Grant[" + (isExchange() ? "token exchange" : CLIENT_CREDENTIALS) + "]";
  }
}
