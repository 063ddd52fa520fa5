{{- define "press.labels" -}}
app.kubernetes.io/name: press
{{- end }}
