/**
 * Grants as rules name them: a permission for a time, and the resource it is for. Start at {@link
 * dev.rolecall.policy.grant.GrantRequirement}. The package knows no caller and no holder of a
 * grant.
 */
@NullMarked
package dev.rolecall.policy.grant;

import org.jspecify.annotations.NullMarked;
