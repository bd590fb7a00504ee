using Microsoft.Extensions.Hosting;

await Host.CreateApplicationBuilder(args).Build().RunAsync().ConfigureAwait(false);
