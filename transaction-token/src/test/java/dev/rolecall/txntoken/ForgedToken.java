package dev.rolecall.txntoken;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.jwt.key.SigningKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A token of raw JSON, member by member, which a test changes and then signs well. Immutable. */
final class ForgedToken {

  private final Map<String, String> header;
  private final Map<String, String> claims;
  private final Map<String, String> requester;

  private ForgedToken(
      Map<String, String> header, Map<String, String> claims, Map<String, String> requester) {
    this.header = header;
    this.claims = claims;
    this.requester = requester;
  }

  /** A good one, made at 22:18:45 for a minute. */
  static ForgedToken good(String kid) {
    return new ForgedToken(Map.of(), Map.of(), Map.of())
        .header("typ", "\"txntoken+jwt\"")
        .header("alg", "\"ES256\"")
        .header("kid", "\"" + kid + "\"")
        .claim("aud", "\"prod.example\"")
        .claim("sub", "\"" + PassingScene.CHECKOUT + "\"")
        .claim("scope", "\"orders\"")
        .claim("req_wl", "\"" + PassingScene.EDGE + "\"")
        .claim("txn", "\"txn-1\"")
        .claim("iat", "1795299525")
        .claim("exp", "1795299585")
        .requester("authn", "\"aws-iam\"")
        .requester("role_id", "\"" + PassingScene.ROLE_ID + "\"")
        .requester("session", "\"one\"");
  }

  private static Map<String, String> with(Map<String, String> members, String name, String json) {
    Map<String, String> changed = new LinkedHashMap<>(members);
    changed.put(name, json);
    return changed;
  }

  private static Map<String, String> without(Map<String, String> members, String name) {
    Map<String, String> changed = new LinkedHashMap<>(members);
    if (changed.remove(name) == null) {
      throw new AssertionError(name);
    }
    return changed;
  }

  ForgedToken header(String name, String json) {
    return new ForgedToken(with(header, name, json), claims, requester);
  }

  ForgedToken withoutHeader(String name) {
    return new ForgedToken(without(header, name), claims, requester);
  }

  ForgedToken claim(String name, String json) {
    return new ForgedToken(header, with(claims, name, json), requester);
  }

  ForgedToken withoutClaim(String name) {
    return new ForgedToken(header, without(claims, name), requester);
  }

  ForgedToken requester(String name, String json) {
    return new ForgedToken(header, claims, with(requester, name, json));
  }

  ForgedToken withoutRequester(String name) {
    return new ForgedToken(header, claims, without(requester, name));
  }

  /** One whose {@code rctx} is that. */
  ForgedToken requesterOf(String json) {
    return claim("rctx", json);
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  String signedBy(SigningKey key) {
    Map<String, String> all =
        claims.containsKey("rctx") ? claims : with(claims, "rctx", json(requester));
    String input = base64(json(header).getBytes(UTF_8)) + "." + base64(json(all).getBytes(UTF_8));
    return input + "." + base64(key.sign(input.getBytes(UTF_8)));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
