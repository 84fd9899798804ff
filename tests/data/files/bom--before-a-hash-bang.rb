#!/usr/bin/env ruby
puts "the kernel does not see the hash bang"
