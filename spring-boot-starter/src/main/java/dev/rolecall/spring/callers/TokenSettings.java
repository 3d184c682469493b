package dev.rolecall.spring.callers;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.spring.callers.RolecallCallerProperties.Introspection;
import dev.rolecall.spring.callers.RolecallCallerProperties.Issuer;
import dev.rolecall.spring.callers.RolecallCallerProperties.WebIdentity;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.tokens.IssuerProfile;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The properties as the scheme of tokens.
 *
 * @param properties issuers, accounts, and the audiences of their tokens
 * @param audience the server's, if no property names those of tokens
 * @param customizers set further options of the issuers
 */
record TokenSettings(
    RolecallCallerProperties properties,
    Supplier<String> audience,
    List<IssuerCustomizer> customizers) {

  private static final Setting ISSUERS = Setting.ofServer("issuers");
  private static final Setting WEB_IDENTITY = Setting.ofServer("web-identity");
  private static final Setting AUDIENCES = Setting.ofServer("token-audiences");

  TokenSettings {
    requireNonNull(properties, "properties");
    requireNonNull(audience, "audience");
    customizers = List.copyOf(customizers);
  }

  Scheme scheme() {
    List<String> names = properties.tokenAudiences();
    TokenVerifier verifier =
        names == null
            ? Setting.ofServer("audience").checked(() -> TokenVerifier.forAudience(audience.get()))
            : AUDIENCES.checked(() -> verifier(names));
    properties.issuers().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> verifier.accept(issuer(each.getKey(), each.getValue())));
    WEB_IDENTITY.to(
        properties.webIdentity(),
        accounts -> {
          requireSome("accounts", accounts);
          for (int i = 0; i < accounts.size(); i++) {
            verifier.accept(
                account(new Setting(WEB_IDENTITY.name() + "[" + i + "]"), accounts.get(i)));
          }
        });
    Setting owner = properties.issuers().isEmpty() ? WEB_IDENTITY : ISSUERS;
    return new NamedScheme(owner, IllegalArgumentException.class, verifier);
  }

  private static TokenVerifier verifier(List<String> names) {
    requireSome("audiences", names);
    return TokenVerifier.forAudience(names.get(0), names.stream().skip(1).toArray(String[]::new));
  }

  private TokenIssuer issuer(String alias, Issuer properties) {
    Setting setting = ISSUERS.sub(alias);
    String url =
        setting
            .sub("url")
            .required(properties.url(), "the issuer as its tokens' iss has it, https://...");
    TokenIssuer issuer = setting.checked(() -> onLoopback(url, TokenIssuer.of(alias, url)));
    setting.sub("profile").to(properties.profile(), name -> issuer.profile(profile(name)));
    setList(setting.sub("audiences"), properties.audiences(), issuer::audiences);
    setList(setting.sub("allow-clients"), properties.allowClients(), issuer::allowClients);
    setting
        .sub("trust-certificates")
        .to(properties.trustCertificates(), file -> issuer.trustCertificates(Path.of(file)));
    Optional.ofNullable(properties.introspection())
        .ifPresent(asked -> introspect(setting.sub("introspection"), asked, issuer));
    return customized(setting, alias, issuer);
  }

  private TokenIssuer account(Setting setting, WebIdentity properties) {
    String digits = setting.sub("account").required(properties.account(), "12 digits");
    AccountId account = setting.sub("account").checked(() -> AccountId.parse(digits));
    Setting named = setting.sub("issuer");
    String url =
        named.required(
            properties.issuer(), "the issuer's URL, https://{uuid}.tokens.sts.global.api.aws");
    Partition partition = Optional.ofNullable(properties.partition()).orElse(Partition.AWS);
    TokenIssuer issuer =
        named.checked(() -> onLoopback(url, TokenIssuer.ofWebIdentity(partition, account, url)));
    return customized(setting, issuer.alias().value(), issuer);
  }

  private TokenIssuer customized(Setting setting, String alias, TokenIssuer issuer) {
    customizers.forEach(each -> setting.to(issuer, options -> each.customize(alias, options)));
    return issuer;
  }

  /** An emulator speaks plain http; the scheme holds it to the loopback. */
  private static TokenIssuer onLoopback(String url, TokenIssuer issuer) {
    return url.startsWith("http://") ? issuer.allowPlainHttpOnLoopback() : issuer;
  }

  private static IssuerProfile profile(String name) {
    return IssuerProfile.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + " (expected: one of " + IssuerProfile.labels() + ")"));
  }

  private static void introspect(Setting setting, Introspection properties, TokenIssuer issuer) {
    Setting named = setting.sub("endpoint");
    URI endpoint = named.required(properties.endpoint(), "the URL of the introspection endpoint");
    String file =
        setting
            .sub("client-file")
            .required(
                properties.clientFile(),
                "a file of two lines: this server's client id, its secret");
    named.to(endpoint, url -> issuer.introspect(url, Path.of(file)));
  }

  private static void setList(
      Setting setting, @Nullable List<String> values, Consumer<List<String>> option) {
    setting.to(
        values,
        some -> {
          requireSome("values", some);
          option.accept(some);
        });
  }

  /** An empty list is a restriction that was lost on its way here, and not one to none. */
  private static void requireSome(String what, List<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(what + ": none (expected: at least one)");
    }
  }
}
