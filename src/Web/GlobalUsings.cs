global using Orkestron.Contracts;
global using Orkestron.Contracts.Common;
