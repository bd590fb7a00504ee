using Microsoft.Extensions.Hosting;
using Orkestron.Silo.Hosting;

RegexLimit.Set();
// As in the web node: watching the settings for changes would watch the store's files as well.
var builder = Host.CreateApplicationBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
builder.AddOrkestronSilo();
await builder.Build().RunAsync().ConfigureAwait(false);
