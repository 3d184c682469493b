package dev.rolecall.spring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The verified caller of a call, as Spring Security's rules see it.
 *
 * <p>The principal is the {@link Caller}, the name its role's ARN. The authorities are the texts by
 * which a policy file would name it: the role ({@code arn:aws:iam::111122223333:role/checkout}),
 * the role pinned to its unique id ({@code ...role/checkout#AROA...}) and its account ({@code
 * arn:aws:iam::111122223333:*}). They are compared as a whole, so no other pattern means anything
 * in {@code hasAuthority}. The session's name, which a caller chooses, is none of them.
 *
 * <p>There are no credentials in it, and it cannot be stored: it holds for one call. Thread-safe.
 */
public final class CallerAuthentication implements Authentication {

  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient List<GrantedAuthority> authorities;
  private volatile boolean authenticated = true;

  /** What Spring Security is to know of a caller that was verified. */
  public CallerAuthentication(Caller caller) {
    this.caller = requireNonNull(caller, "caller");
    this.authorities = names(caller).<GrantedAuthority>map(SimpleGrantedAuthority::new).toList();
  }

  /** The principal's text first, then what else a rule may name the caller by. */
  private static Stream<String> names(Caller caller) {
    Principal principal = caller.principal();
    Stream<String> others =
        switch (principal.kind()) {
          case IAM_ROLE -> ofRole((IamRole) principal);
          case OIDC_SUBJECT -> ofSubject((OidcSubject) principal, caller.attributes());
          case SPIFFE_ID -> Stream.of(principal.group() + "/*");
          case DNS_NAME, API_CLIENT -> Stream.of();
        };
    return Stream.concat(Stream.of(principal.text()), others);
  }

  private static Stream<String> ofRole(IamRole role) {
    RoleArn arn = role.arn();
    return Stream.concat(
        role.id().stream().map(id -> arn + "#" + id),
        Stream.of("arn:" + arn.partition() + ":iam::" + arn.account() + ":*"));
  }

  /** Scopes have the prefix that Spring Security gives those of its own resource server. */
  private static Stream<String> ofSubject(OidcSubject subject, Attributes attributes) {
    return Stream.concat(
        attributes.client().stream().map(client -> "client:" + subject.issuer() + ":" + client),
        attributes.scopes().stream().sorted().map(scope -> "SCOPE_" + scope));
  }

  /** The caller. */
  @Override
  public Caller getPrincipal() {
    return caller;
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    return authorities;
  }

  /** The principal's text: of a role, its ARN. */
  @Override
  public String getName() {
    return caller.principal().text();
  }

  /** Nothing: a proof is not handed on. */
  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  /** Nothing more is known. */
  @Override
  public @Nullable Object getDetails() {
    return null;
  }

  @Override
  public boolean isAuthenticated() {
    return authenticated;
  }

  /**
   * Takes the caller's standing away.
   *
   * @throws IllegalArgumentException if it is to be given: the verifier alone does that
   */
  @Override
  public void setAuthenticated(boolean authenticated) {
    if (authenticated) {
      throw new IllegalArgumentException("authenticated: true (expected: false)");
    }
    this.authenticated = false;
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(CallerAuthentication.class.getName());
  }

  /** Names the caller and its session. */
  @Override
  public String toString() {
    return "CallerAuthentication[" + caller + "]";
  }
}
