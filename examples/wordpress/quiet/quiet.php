<?php
/**
 * Plugin Name: Quiet
 * Description: A copy of the blog writes to nobody and is found by nobody. A must-use plug-in: it cannot be switched off in the site.
 */

// No mail leaves; whoever sent it is told that it failed.
add_filter( 'pre_wp_mail', '__return_false' );

// Search engines are asked to stay away, whatever the copied settings say.
add_filter( 'pre_option_blog_public', '__return_zero' );
header( 'X-Robots-Tag: noindex, nofollow' );
