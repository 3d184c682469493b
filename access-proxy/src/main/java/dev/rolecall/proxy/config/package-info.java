/**
 * The configuration of a proxy that runs as a program: the structure of its file, and the following
 * of it. {@link dev.rolecall.proxy.config.ConfigDocument} and {@link
 * dev.rolecall.proxy.config.FollowedConfig} are the entries. The package knows no option: a program
 * gives the fields their meaning.
 */
@NullMarked
package dev.rolecall.proxy.config;

import org.jspecify.annotations.NullMarked;
