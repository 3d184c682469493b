/** Handlers and interceptors of a user behind the guard, as {@code docs/handlers.md} shows them. */
@NullMarked
package dev.rolecall.tests.handlers;

import org.jspecify.annotations.NullMarked;
