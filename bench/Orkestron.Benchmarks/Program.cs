await Console.Out.WriteLineAsync("journal, tasks, idle, watchers: name one").ConfigureAwait(false);
