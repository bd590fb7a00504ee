using Microsoft.Extensions.Hosting;
using Orkestron.Silo.Hosting;

RegexLimit.Set();
var builder = Host.CreateApplicationBuilder(args);
builder.AddOrkestronSilo();
await builder.Build().RunAsync().ConfigureAwait(false);
