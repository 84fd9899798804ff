import type { Plugin } from "@opencode-ai/plugin"

export const Notify: Plugin = async ({ $ }) => ({
  event: async ({ event }) => {
    if (event.type === "session.idle") await $`notify-send ${`done {{name}} %s`}`
  },
})
