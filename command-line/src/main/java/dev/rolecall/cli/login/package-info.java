/**
 * The command {@code rolecall login}: a person logs in at an issuer of OAuth 2 tokens. {@link
 * dev.rolecall.cli.login.LoginCommand} is the entry.
 */
@NullMarked
package dev.rolecall.cli.login;

import org.jspecify.annotations.NullMarked;
