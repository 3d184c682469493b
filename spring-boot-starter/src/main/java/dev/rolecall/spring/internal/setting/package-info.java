/**
 * The names of the starter's properties: unknown ones are found, and a value that breaks a rule is
 * reported with its property and its place. Begin with {@link
 * dev.rolecall.spring.internal.setting.Setting}. Nothing here knows what a property is for.
 */
@NullMarked
package dev.rolecall.spring.internal.setting;

import org.jspecify.annotations.NullMarked;
