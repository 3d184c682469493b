/**
 * Follows grants of access for a time, and locks, for servers that enforce them. The package
 * depends on the engine's interface of grants, and knows no policy, no store and no guard.
 */
@NullMarked
package dev.rolecall.grants;

import org.jspecify.annotations.NullMarked;
