#!/usr/bin/env python3
print('the kernel does not see the hash bang')
