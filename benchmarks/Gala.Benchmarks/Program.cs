using BenchmarkDotNet.Running;

// dotnet run -c Release --project benchmarks/Gala.Benchmarks -- --filter '*MultiplyRows*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
