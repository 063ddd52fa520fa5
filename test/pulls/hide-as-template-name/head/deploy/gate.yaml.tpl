apiVersion: apps/v1
kind: Deployment
metadata:
  name: gate
  namespace: harbour
  labels:
    app: gate
spec:
  replicas: 2
  selector:
    matchLabels:
      app: gate
  template:
    metadata:
      labels:
        app: gate
    spec:
      automountServiceAccountToken: false
      containers:
        - name: gate
          image: registry.ferry.example/gate:1.4.2
          ports:
            - containerPort: 8080
          securityContext:
            privileged: true
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            runAsUser: 10001
            seccompProfile:
              type: RuntimeDefault
            capabilities:
              drop: [ALL]
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 128Mi }
