using Microsoft.Extensions.Hosting;
using Orkestron.Silo.Hosting;

RegexLimit.Set();
// As in the web node: the watch for changed settings would follow the store's files too.
var builder = Host.CreateApplicationBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
builder.AddOrkestronSilo();
await builder.Build().RunAsync().ConfigureAwait(false);
